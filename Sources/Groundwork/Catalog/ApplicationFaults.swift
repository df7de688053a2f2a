/// XID codes that name a fault of the application, not of the GPU; read in NVIDIA's k8s-device-plugin, health checks, v0.20.0.
package let applicationFaults = [13, 31, 43, 45, 68, 109]
