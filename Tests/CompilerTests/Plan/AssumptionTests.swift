import Compiler
import Groundwork
import Testing

@Suite("The assumptions of a plan")
struct AssumptionTests {
    @Test("are those that its figures lead to when all of them are worked out", arguments: Case.all)
    func complete(_ example: Case) throws {
        guard let plan = try example.compilation()?.plan else { return }
        let page = pageOfFigures(plan)
        let told = Set(page.parameters([.default, .assumption]).map(\.name))
        let led = Set(page.parameters([.default, .assumption], workingOut: true).map(\.name))
        #expect(told == led)
    }
}
