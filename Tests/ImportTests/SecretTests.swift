import Testing

@testable import Import

@Suite("A credential")
struct SecretTests {
    @Test(
        "is known by the words of its name",
        arguments: ["HF_TOKEN", "OPENAI_API_KEY", "DB_PASSWORD", "api-key", "AWS_SECRET_ACCESS_KEY"])
    func named(_ name: String) { #expect(isSecretName(name)) }

    @Test(
        "is no number of tokens, file or path",
        arguments: [
            "MAX_TOKENS", "max-num-batched-tokens", "TOKEN_FILE", "tokenizer", "HTTPS_PROXY", "SSL_CERT_FILE",
            "KVC_PER_TOKEN",
        ])
    func harmless(_ name: String) { #expect(!isSecretName(name)) }

    @Test("is known by its form")
    func written() {
        #expect(isSecretText("hf_abcdefghijklmnopqrstuv"))
        #expect(isSecretText("--api-key=anything"))
        #expect(isSecretText("vllm serve model --api-key anything"))
        #expect(!isSecretText("--max-num-batched-tokens=8192"))
        #expect(!isSecretText("/cache/hf_home"))
        #expect(!isSecretText("risk-assessment"))
    }
}
