import Syntax

extension Lowering {
  mutating func forEach(
    _ targets: [Target], _ sources: [Expression], _ body: [Statement], at span: Span
  ) {
    var site = LoopSite(sources: [], slots: [])
    for source in sources {
      expression(source)
      let root = tree.nodes[source.end - 1]
      site.sources.append(root.kind == .range ? .range(isClosed: root.aux == 0) : .entries)
    }
    let outer = targets.map { slots[$0.name] }
    for target in targets {
      site.slots.append(addLocal(target.name, fallsThrough: false))
    }
    loop(site, body, ending: ending(ofSources: sources), at: span)
    for (target, slot) in zip(targets, outer) { slots[target.name] = slot }
  }

  /// A counted loop, whose sources or count stand on the stack.
  mutating func loop(
    _ site: LoopSite, _ body: [Statement], ending: CertainLocals.Ending, at span: Span
  ) {
    code.loops.append(site)
    emit(.beginLoop, code.loops.count - 1, at: span)
    let start = here
    loopExits.append((breaks: [here], start: start))
    emit(.nextTurn, at: span)
    turns(of: body, ending: ending)
    emit(.jump, distance(to: start), at: span)
    for exit in loopExits.removeLast().breaks { land(exit) }
    emit(.endLoop, at: span)
  }

  mutating func whileLoop(_ condition: Expression, _ body: [Statement], at span: Span) {
    let start = here
    loopExits.append((breaks: [], start: start))
    expression(condition)
    loopExits[loopExits.count - 1].breaks.append(here)
    emit(.jumpIfFalse, at: tree.nodes[condition.end - 1].span)
    turns(of: body, ending: ending(ofCondition: condition))
    emit(.jump, distance(to: start), at: span)
    for exit in loopExits.removeLast().breaks { land(exit) }
  }

  private mutating func turns(of body: [Statement], ending: CertainLocals.Ending) {
    loopDepth += 1
    certain.beginLoop()
    statements(body)
    certain.endLoop(ending)
    loopDepth -= 1
  }
}
