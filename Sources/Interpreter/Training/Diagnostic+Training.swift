import Syntax

/// What can be wrong with statements that train.
extension Diagnostic {
  static func trainingInFunction(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(word)' cannot stand inside a function", at: span)
  }

  static func noModel(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(word)' takes one expression, without '~'", at: span)
  }

  static func modelMissing(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "'\(word)' needs data and a model", at: span, hint: "as in 'fit ys ~ a*xs + b over a, b'")
  }

  static func noClause(_ clause: String, _ word: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(word)' takes no '\(clause)'", at: span)
  }

  static func needsSteps(_ clause: String, _ found: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(clause)' needs a whole number from 1 on, found \(found)", at: span)
  }

  static func epochsWithoutBatches(at span: Span) -> Diagnostic {
    Diagnostic(
      "an epoch needs batches: without them it is one step", at: span,
      hint: "as in 'batch 32 of X, Y for 20 epochs'")
  }

  static func batchesForSearch(_ optimizer: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(optimizer) compares losses, which batches change from step to step", at: span,
      hint: "using adam(lr=0.01), or another that makes one step a gradient")
  }

  static func batchTooLarge(_ size: Int, _ data: String, rows: Int, at span: Span) -> Diagnostic {
    Diagnostic("a batch of \(size) is more than all the data: '\(data)' has \(rows) rows", at: span)
  }

  static func noRows(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(name)' holds no array, so no batch can be taken from it", at: span)
  }

  static func rowsDiffer(
    _ name: String, _ rows: Int, from other: String, _ otherRows: Int, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "'\(name)' has \(rows) rows and '\(other)' has \(otherRows), which belong together", at: span)
  }

  static func trainedData(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(name)' is trained, so it cannot be data, too", at: span)
  }

  static func noParam(_ name: String, ceasedIn line: Int?, at span: Span) -> Diagnostic {
    let hint =
      line.map {
        "it ceased to be one in line \($0), which computes it from other names; declare it again: "
          + "param \(name)"
      } ?? "declare it: param \(name)"
    return Diagnostic("'\(name)' is no param, so training cannot change it", at: span, hint: hint)
  }

  static func noInfluence(_ what: String, _ name: String, at span: Span) -> Diagnostic {
    Diagnostic("\(what) does not depend on '\(name)'", at: span)
  }

  static func lossNotScalar(_ shape: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "only a single number can be minimized, found shape \(shape)", at: span,
      hint: "take the sum or the mean")
  }

  static func hyperparameter(
    _ optimizer: String, _ name: String, _ value: String, wanted: String, at span: Span
  ) -> Diagnostic {
    Diagnostic("\(optimizer) needs \(name) to be \(wanted), not \(value)", at: span)
  }

  static func optimizerOfParams(_ optimizer: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(optimizer) is not told which params it changes: 'minimize' changes those behind 'over', "
        + "step(opt) all that have a .grad", at: span, hint: "\(optimizer)(lr=0.1)")
  }

  static func hyperparameters(_ conflict: String, at span: Span) -> Diagnostic {
    Diagnostic(conflict, at: span, hint: "such as sgd(lr=0.1, momentum=0.9, nesterov=1)")
  }

  static func noOptimizer(_ kind: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "'using' needs an optimizer, found \(kind)", at: span,
      hint: "such as sgd(lr=0.1), adam() or lbfgs()")
  }

  static func startNotFinite(_ what: String, _ value: String, at span: Span) -> Diagnostic {
    Diagnostic("\(what) is \(value) at the start", at: span)
  }

  static func diverged(
    _ what: String, step: Int, before: String, at span: Span, hint: String?
  ) -> Diagnostic {
    Diagnostic("\(what) in step \(step), after a loss of \(before)", at: span, hint: hint)
  }
}
