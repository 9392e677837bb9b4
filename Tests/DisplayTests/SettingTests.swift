import Display
import Interpreter
import Testing

/// Every row of the tables of settings, walked.
@Suite struct SettingTests {
  static let all = Settings(
    Session.Options.settings.map(\.setting) + DisplayOptions.settings.map(\.setting))

  @Test func namesAreSingleWordsAndStandOnce() {
    let names = Self.all.rows.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.allSatisfy { $0.isLetter && $0.isLowercase } })
  }

  @Test(arguments: all.rows.map(\.name)) func takesItsValuesAndNothingElse(_ name: String) throws {
    var settings = Self.all
    let row = try #require(settings.row(named: name))
    #expect(!row.sentence.isEmpty)
    #expect(settings[name] == row.standard)
    for choice in row.choices {
      #expect(try settings.choose(name, choice.word) == choice.word)
      #expect(settings[name] == choice.word)
      #expect(!choice.sentence.isEmpty)
    }
    for text in ["", "nonsense", "-1", "1e3", "99999999999999999999", " on", "ON "] {
      let before = settings[name]
      #expect(throws: Settings.Problem.self) { try settings.choose(name, text) }
      #expect(settings[name] == before)
    }
  }

  /// What a layer starts with is what its rows say it starts with.
  @Test func standardsAreWhatTheLayersStartWith() {
    var (options, display) = (Session.Options(), DisplayOptions())
    Self.all.apply(Session.Options.settings, to: &options)
    Self.all.apply(DisplayOptions.settings, to: &display)
    #expect(String(describing: display) == String(describing: DisplayOptions()))
    #expect(options.isStrict == Session.Options().isStrict)
    #expect(options.isTimed == Session.Options().isTimed)
    #expect(options.digits == Session.Options().digits)
  }

  @Test(arguments: [
    ("digits", "1", "1"), ("digits", "17", "17"), ("digits", "007", "7"), ("rows", "4", "4"),
    ("rows", "1000000", "1000000"), ("rows", "all", "all"),
  ])
  func readsNumbers(_ name: String, _ text: String, _ value: String) throws {
    var settings = Self.all
    #expect(try settings.choose(name, text) == value)
  }

  @Test(arguments: [("digits", "0"), ("digits", "18"), ("rows", "3"), ("rows", "-4")])
  func refusesNumbersOutsideTheRange(_ name: String, _ text: String) {
    var settings = Self.all
    #expect(throws: Settings.Problem.self) { try settings.choose(name, text) }
  }

  @Test func aWrongNameOrValueNamesTheNearest() {
    var settings = Self.all
    let name = #expect(throws: Settings.Problem.self) { try settings.choose("fromat", "table") }
    #expect(name?.hint == "did you mean 'format'?")
    let value = #expect(throws: Settings.Problem.self) { try settings.choose("format", "tabel") }
    #expect(value?.hint == "did you mean 'table'?")
  }
}
