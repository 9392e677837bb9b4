import CArrayLoops

/// How the allocator deals with the memory of large arrays.
package enum ArrayMemory {
  /// Keeps the memory of arrays that are no longer needed for those that come.
  ///
  /// A gradient makes dozens of large arrays and forgets them, again and again. Left to itself the
  /// C library of Linux gives their memory back to the system each time, and getting it page by page
  /// anew takes longer than to compute what goes into it.
  package static func keepWhatIsFreed() { array_keep_memory() }
}
