import Autodiff
import Optimization
import Syntax
import Tensors

/// The derivatives of a loss as nodes, by which products with its second derivatives are found.
struct SlopeNodes: Sendable {
  let nodes: [NodeID?]
  /// Later nodes belong to a product that has been found.
  let mark: Int

  init(of nodes: [NodeID?], mark: Int) { (self.nodes, self.mark) = (nodes, mark) }
}

/// The second derivatives of a loss.
extension Session {
  /// So many nodes at once may hold a matrix; larger ones are found column by column.
  private static let mostCurvatureNodes = 2_000_000

  /// Answers what a search asks about second derivatives at a position; nil where there are none.
  ///
  /// The slopes are kept from one question to the next at the same position.
  mutating func curvature(
    _ trainees: inout Trainees, at position: [Double], _ question: Curvature.Question,
    _ kept: inout SlopeNodes?, _ request: TrainingRequest
  ) throws(Diagnostic) -> [Double]? {
    if kept == nil {
      place(&trainees, at: position)
      let loss: NodeID
      do throws(Diagnostic) {
        loss = try evaluate(request.site.subjects[0], over: trainees, of: request)
      } catch {
        guard isAbandoned else { return nil }
        throw error
      }
      let size = (graph.count - trainees.mark) * position.count
      if case .matrix = question, size <= Session.mostCurvatureNodes {
        return try? matrix(of: loss, trainees, count: position.count)
      }
      guard
        let nodes = try? builder.gradient(
          of: loss, withRespectTo: leaves(of: trainees), in: &graph)
      else { return nil }
      kept = SlopeNodes(of: nodes, mark: graph.count)
    }
    guard let slopes = kept else { return nil }
    if case .product(let direction) = question {
      return try? product(of: slopes, direction, trainees)
    }
    var rows: [Double] = []
    for place in position.indices {
      let axis = position.indices.map { $0 == place ? 1.0 : 0 }
      guard let row = try? product(of: slopes, axis, trainees) else { return nil }
      rows += row
    }
    return rows
  }

  private mutating func matrix(of loss: NodeID, _ trainees: Trainees, count: Int)
    throws(ShapeError) -> [Double]
  {
    let found = try hessians.hessian(of: loss, withRespectTo: leaves(of: trainees), in: &graph)
    guard let found else { return [Double](repeating: 0, count: count * count) }
    let matrix = try found.matrix(Shape([count, count]), in: &graph)
    return graph.tensor(of: matrix).elements
  }

  /// The product of second derivatives and a direction, from slopes that are nodes.
  mutating func product(of slopes: SlopeNodes, _ direction: [Double], _ trainees: Trainees)
    throws(ShapeError) -> [Double]
  {
    graph.truncate(to: slopes.mark)
    var product = graph.constant(0)
    for (param, slope) in zip(trainees.params, slopes.nodes) {
      guard let slope else { continue }
      let part = Tensor(shape: param.shape, elements: Array(direction[param.range]))
      let terms = try graph.apply(.multiply, slope, graph.constant(part))
      let sum = try graph.apply(Primitive.row("sum"), [terms])
      product = try graph.apply(.add, product, sum)
    }
    let found = try builder.gradient(
      of: product, withRespectTo: leaves(of: trainees), in: &graph)
    return zip(trainees.params, found).flatMap { param, answer in
      answer.map { graph.tensor(of: $0).elements }
        ?? [Double](repeating: 0, count: param.range.count)
    }
  }
}
