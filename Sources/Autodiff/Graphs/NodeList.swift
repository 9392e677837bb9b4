/// The nodes of a graph, a list for each thing that is read together.
///
/// A sweep walks the links from end to end but jumps about among values and flags: kept apart, the
/// values of forty thousand nodes stay in the processor's second cache, together with everything
/// else of the nodes they would not.
struct NodeList: Sendable {
  /// What a node was made by and from.
  struct Link: Sendable {
    /// The operands; for variadic rows the first is a place in the graph's lists and the second a
    /// count, and for rows with an attribute the third is its place.
    var operands: (UInt32, UInt32, UInt32)
    var operation: UInt16
    /// Whether the node was made for a derivative, and not written by anybody.
    var isDerived = false
  }

  /// What only few have a use for.
  struct Label: Sendable {
    var tag = Tag.none.rawValue
    /// The place in the graph's arrays of a value that is no scalar.
    var array: UInt32 = 0
  }

  enum Flag {
    /// The node is an input or built from one.
    static let variable: UInt8 = 1
    /// The node has no operands.
    static let leaf: UInt8 = 2
    static let variadic: UInt8 = 4
    static let hasAttribute: UInt8 = 8
    /// The value is no scalar.
    static let array: UInt8 = 16
    /// The node is a constant that derivatives may be asked with respect to, or built from one.
    static let tracked: UInt8 = 32
    /// Some entries of the array never change, though others do.
    static let partlyConstant: UInt8 = 64
    /// The node is a slope, and at corners one that was chosen.
    static let slope: UInt8 = 128
    /// What a node takes over from its operands.
    static let inherited = variable | tracked
  }

  /// The values of scalars; nan for arrays.
  private(set) var values: [Double] = []
  private(set) var flags: [UInt8] = []
  private(set) var links: [Link] = []
  private(set) var labels: [Label] = []

  static let bytesPerNode =
    MemoryLayout<Double>.stride + 1 + MemoryLayout<Link>.stride + MemoryLayout<Label>.stride

  @inline(__always) var count: Int { values.count }

  @inline(__always)
  mutating func append(_ value: Double, _ flags: UInt8, _ link: Link, _ label: Label = Label()) {
    values.append(value)
    self.flags.append(flags)
    links.append(link)
    labels.append(label)
  }

  mutating func reserveCapacity(_ capacity: Int) {
    values.reserveCapacity(capacity)
    flags.reserveCapacity(capacity)
    links.reserveCapacity(capacity)
    labels.reserveCapacity(capacity)
  }

  mutating func removeLast(_ count: Int) {
    values.removeLast(count)
    flags.removeLast(count)
    links.removeLast(count)
    labels.removeLast(count)
  }

  mutating func setTag(_ tag: Tag, at index: Int) { labels[index].tag = tag.rawValue }

  mutating func setDerived(at index: Int) { links[index].isDerived = true }

  mutating func setFlag(_ flag: UInt8, at index: Int) { flags[index] |= flag }
}
