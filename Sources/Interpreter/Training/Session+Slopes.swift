import Autodiff
import Syntax
import Tensors

/// The derivatives of losses, of which only the numbers are wanted.
extension Session {
  /// The derivatives of a single number with respect to leaves, zeros where nothing leads to one.
  mutating func slopes(of id: NodeID, withRespectTo leaves: [NodeID], at span: Span)
    throws(Diagnostic) -> [Tensor]
  {
    if leaves.allSatisfy(graph.isScalar), sweep.run(from: id, in: graph) {
      return leaves.map { Tensor(scalar: sweep.partial($0)) }
    }
    do throws(ShapeError) {
      let found = try builder.numbers(of: id, withRespectTo: leaves, in: &graph)
      return zip(found, leaves).map { answer, leaf in
        answer ?? Tensor(repeating: 0, shape: graph.shape(of: leaf))
      }
    } catch {
      throw .shape(error, [], at: span)
    }
  }

  /// The derivatives of a single number with respect to every entry of the params.
  mutating func gradient(of id: NodeID, over trainees: Trainees, at span: Span)
    throws(Diagnostic) -> [Double]
  {
    try slopes(of: id, withRespectTo: leaves(of: trainees), at: span).flatMap(\.elements)
  }

  /// The derivatives of a loss as nodes, zeros where nothing leads to a param.
  mutating func slopeNodes(
    of loss: NodeID, over params: [Trainees.Param], at span: Span
  ) throws(Diagnostic) -> [NodeID] {
    let leaves = params.map { bindings[$0.name.index].node ?? NodeID(0) }
    let found: [NodeID?]
    if leaves.allSatisfy(graph.isScalar), let numbers = tracedGradients(of: loss, leaves) {
      found = numbers
    } else {
      do throws(ShapeError) {
        found = try builder.constants(of: loss, withRespectTo: leaves, in: &graph)
      } catch {
        throw .shape(error, [], at: span)
      }
    }
    return zip(found, leaves).map { $0 ?? zero(like: $1) }
  }
}
