import Interpreter
import Optimization

/// Statements that train, and optimizers.
extension Reference {
  package static func training() -> String {
    var page = Page("Training")
    page.add(
      """
      Statements that change params until they fit, and the optimizers that they use. The words
      `over`, `using`, `batch`, `of`, `epochs`, `every` and `until` mean something in them only.

      `batch 32 of X, Y` gives each step the next 32 rows of the arrays `X` and `Y`, in a random
      order that follows from the seed, and another order for each epoch. `for` and `every` count
      steps, or epochs where they say so. What `every` asks for goes to standard output; the row
      that shows on a terminal how far a long run is goes to standard error. `^C` keeps the params
      of the last whole step and says which it was.
      """)
    for row in Training.all {
      page.add("## `\(row.name)`")
      page.add("\(row.sentence)\n\n- `\(row.usage)`\n- for example `\(row.example)`\n")
    }
    page.add("## How it ended")
    page.add(
      """
      A search by `lbfgs` says that it has converged only where that is so: slopes are 0 up to
      rounding and the second derivatives bend nowhere down, or slopes jump at a kink and those
      around it cancel. Nothing in that depends on the units of the loss or of the params. On the
      way it goes on where limited memory finds no lower place: by second derivatives, up to 64
      numbers as a whole matrix, and among kinks by a method that needs no smoothness, up to 300
      numbers. The line tells how many steps each has made. Other optimizers make the steps that
      are asked for and claim nothing; where the loss has grown they say so.

      The word is in JSON under `status`. A script in which a search ended in a way that fails
      ends with exit status 1.

      """)
    var ends = "| `status` | how it ended | fails |\n|:--|:--|:--|\n"
    for status in Training.Status.allCases {
      ends += "| `\(status.rawValue)` | \(status.sentence) | \(status.isFailure ? "yes" : "") |\n"
    }
    page.add(ends)
    page.add("## Optimizers")
    page.add(
      """
      Rules and defaults are those of PyTorch, except for `lbfgs`, which searches along a line in
      every step and ends by itself: its defaults are its own. `lr` may be an expression in which
      `step` is the number of steps made so far, as in `sgd(lr=0.1*0.99^step)`. The same rows serve
      `minimize` and `step(opt)`; `lbfgs` serves `minimize` alone, and is what it uses when nothing
      is said. An optimizer remembers, so `step` takes one that a name holds: `opt = adam()` before
      the loop, `step(opt)` in it.
      """)
    for row in Optimizer.all {
      page.add("### `\(row.name)`")
      page.add("\(row.sentence)\n")
      var table = "| parameter | at first | has to be | |\n|:--|--:|:--|:--|\n"
      for parameter in row.hyperparameters {
        table +=
          "| `\(parameter.name)` | \(parameter.standardText) | \(parameter.range.words) | "
          + "\(parameter.sentence) |\n"
      }
      page.add(table)
      page.add("- for example `\(row.example)`")
    }
    return page.text
  }
}
