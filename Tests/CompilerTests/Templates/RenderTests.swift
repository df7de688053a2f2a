import Diagnostics
import Testing

@testable import Groundwork

@Suite("A template")
struct RenderTests {
    @Test("keeps the type of a fact that stands alone, and makes a text of a quoted one")
    func types() {
        let text = poolBody(
            """
            limit: ${pool.gpuLimit}
            quoted: "${pool.gpuLimit}"
            share: ${pool.share}
            spot: ${pool.isSpot}
            zones: ${pool.zones}
            labels: ${pool.labels}
            query: ${pool.query}
            text: pool ${pool.name} has ${pool.gpuLimit}
            flow: {name: "${pool.name}"}
            """)
        #expect(
            text == """
                limit: 16
                quoted: "16"
                share: 0.7
                spot: false
                zones:
                - eu
                - us
                labels:
                  team: ai
                  pool: a
                query: |
                  sum(
                    a
                  )
                text: pool a has 16
                flow:
                  name: a

                """)
    }

    @Test("writes literals as Kubernetes reads them")
    func literals() {
        let text = body(
            """
            mode: 0755
            on: yes
            version: "1.10"
            empty:
            none: ~
            size: 1Gi
            script: |
              echo $${HOME}
              exit
            list: []
            map: {}
            nested:
            - - a
              - b: 1
                c: 2
            $$ref: "$${x}"
            """)
        #expect(
            text == """
                mode: 493
                "on": true
                version: "1.10"
                empty: null
                none: null
                size: 1Gi
                script: |
                  echo ${HOME}
                  exit
                list: []
                map: {}
                nested:
                - - a
                  - b: 1
                    c: 2
                $ref: ${x}

                """)
    }

    @Test("drops what holds an optional placeholder without a fact")
    func optional() {
        let text = rendered(
            """
            for: pool in plan.pools
            to: ${pool.name}.yaml
            ---
            first:
              weight: ${pool.weight?}
              text: weight ${pool.weight?}
            list:
            - ${pool.weight?}
            - w=${pool.weight?}
            - weight: ${pool.weight?}
              name: ${pool.name}
            """)
        #expect(
            text == """
                ## a.yaml
                first:
                  weight: 10
                  text: weight 10
                list:
                - 10
                - w=10
                - weight: 10
                  name: a
                ## yes.yaml
                first: {}
                list:
                - name: "yes"

                """)
    }

    @Test("repeats items, entries and documents")
    func loops() {
        let text = poolBody(
            """
            taints:
            - $for: taint in pool.taints
              key: ${taint.key}
              effect: ${taint.effect?}
            args:
            - first
            - $for: zone in pool.zones
              $value: --zone=${zone}
            labels:
              app: x
              own/${label.key}:
                $for: label in pool.labels
                $value: ${label.value}
            all: ${pool.taints}
            ---
            $for: zone in pool.zones
            zone: ${zone}
            """)
        #expect(
            text == """
                taints:
                - key: gpu
                  effect: NoSchedule
                - key: own
                args:
                - first
                - --zone=eu
                - --zone=us
                labels:
                  app: x
                  own/team: ai
                  own/pool: a
                all:
                - key: gpu
                  effect: NoSchedule
                - key: own
                ---
                zone: eu
                ---
                zone: us

                """)
    }

    @Test("drops items, entries and documents by condition")
    func conditions() {
        let text = rendered(
            """
            for: pool in plan.pools
            to: ${pool.name}.yaml
            ---
            list:
            - $if: pool.weight
              weight: ${pool.weight}
            - $unless: [pool.isSpot, pool.weight]
              $value: plain
            dropped?:
            - $if: pool.isSpot
              $value: spot
            map?: ${pool.zones}
            entry:
              $if: [pool.weight, pool.firstTaint.effect]
              first: ${pool.firstTaint.effect}
            """)
        #expect(
            text == """
                ## a.yaml
                list:
                - weight: 10
                map:
                - eu
                - us
                entry:
                  first: NoSchedule
                ## yes.yaml
                list: []
                dropped:
                - spot

                """)
        #expect(rendered("to: f.yaml\n---\n$if: plan.budget\na: 1\n") == "")
        #expect(rendered("to: f.yaml\nif: plan.budget\n---\na: ${plan.budget}\n") == "")
    }

    @Test("puts whole documents into a string")
    func nested() {
        let text = poolBody(
            """
            data:
              a.json:
                $json:
                  name: ${pool.name}
                  limit: ${pool.gpuLimit}
                  zones: ${pool.zones}
                  empty: []
                  on: true
                  text: say "${pool.name}"
                  missing: ${pool.firstTaint.effect?}
              b.yaml:
                $yaml:
                  zones: ${pool.zones}
                  taints:
                  - $for: taint in pool.taints
                    key: ${taint.key}
              c.json:
                $if: pool.isSpot
                $json: {}
            """)
        #expect(
            text == """
                data:
                  a.json: |
                    {
                      "name": "a",
                      "limit": 16,
                      "zones": [
                        "eu",
                        "us"
                      ],
                      "empty": [],
                      "on": true,
                      "text": "say \\"a\\"",
                      "missing": "NoSchedule"
                    }
                  b.yaml: |
                    zones:
                    - eu
                    - us
                    taints:
                    - key: gpu
                    - key: own

                """)
    }

    @Test("says in its first line where it comes from")
    func banner() throws {
        var report = Report()
        let library = TemplateLibrary([
            TemplateLayer("x", [("k/t.yaml", SourceFile(path: "x/k/t.yaml", text: "to: f.yaml\n---\na: 1\n"))])
        ])
        let manifest = try #require(render(library, from: SamplePlan.record, &report)?.first)
        var bytes: [UInt8] = []
        write(manifest, cluster: "prod", to: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                # Generated by stowage from GPUCluster prod by templates/k/t.yaml. Edit those, not this file.
                a: 1

                """)
    }
}
