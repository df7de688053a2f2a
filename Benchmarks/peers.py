"""Other programs that print Kubernetes manifests, given the very documents that stowage printed.

They only render: none of them plans or verifies. kubectl and kustomize build the written tree as one root, the others
print the stream from what is the natural input of each.
"""
import json
import os
import shutil

import measure


def kustomize(tree, stream, scratch):
    return ["kustomize", "build", tree]


def kubectl(tree, stream, scratch):
    os.environ["KUBECONFIG"] = os.devnull
    return ["kubectl", "kustomize", tree]


def helm(tree, stream, scratch):
    chart = os.path.join(scratch, "chart")
    os.makedirs(os.path.join(chart, "templates"), exist_ok=True)
    with open(os.path.join(chart, "Chart.yaml"), "w") as file:
        file.write("apiVersion: v2\nname: peer\nversion: 1.0.0\n")
    with open(stream) as source, open(os.path.join(chart, "templates", "all.yaml"), "w") as file:
        file.write(source.read().replace("{{", '{{ "{{" }}'))
    return ["helm", "template", "peer", chart]


def ytt(tree, stream, scratch):
    # ytt would read these comments as its annotations.
    plain = os.path.join(scratch, "plain.yaml")
    with open(stream) as source, open(plain, "w") as file:
        file.writelines(line for line in source if not line.startswith("#"))
    return ["ytt", "-f", plain]


def jsonnet(name):
    def arguments(tree, stream, scratch):
        import yaml

        path = os.path.join(scratch, "documents.json")
        with open(stream) as source, open(path, "w") as file:
            json.dump(list(yaml.load_all(source, getattr(yaml, "CSafeLoader", yaml.SafeLoader))), file)
        return [name, "-S", "-e", f"std.manifestYamlStream(import '{path}', quote_keys=false)"]

    return arguments


def pyyaml(tree, stream, scratch):
    jsonnet("")(tree, stream, scratch)
    script = (
        "import json, sys, yaml; yaml.dump_all(json.load(open(sys.argv[1])), sys.stdout, "
        "Dumper=getattr(yaml, 'CSafeDumper', yaml.SafeDumper), sort_keys=False)"
    )
    return ["python3", "-c", script, os.path.join(scratch, "documents.json")]


PEERS = {
    "kubectl kustomize": ("kubectl", kubectl),
    "kustomize build": ("kustomize", kustomize),
    "helm template": ("helm", helm),
    "ytt": ("ytt", ytt),
    "jrsonnet": ("jrsonnet", jsonnet("jrsonnet")),
    "jsonnet": ("jsonnet", jsonnet("jsonnet")),
    "PyYAML": ("python3", pyyaml),
}


def one_root(tree):
    """Joins the kustomizations of a tree, which is written with one for each folder."""
    folders = [os.path.relpath(path, tree) for path, _, files in os.walk(tree) if "kustomization.yaml" in files]
    with open(os.path.join(tree, "kustomization.yaml"), "w") as file:
        file.write("resources:\n" + "".join(f"- {folder}\n" for folder in sorted(folders)))


def compare(tree, stream, scratch):
    """Yields each peer with its manifests per CPU second, or with the reason why there is no such figure."""
    count, _ = measure.documents(stream)
    one_root(tree)
    for name, (program, arguments) in PEERS.items():
        if shutil.which(program) is None:
            yield name, "not installed"
            continue
        try:
            cost = measure.median(arguments(tree, stream, scratch), runs=3)
            yield name, f"{count / cost.cpu:,.0f} manifests per CPU second"
        except (measure.Failed, ImportError) as failure:
            yield name, f"did not run: {failure}"
