using System.Collections.Immutable;

namespace ProvingLayer.Constraints.Execution;

/// <summary>
/// How often each circuit of a key is in a proof: 2^log instances, or none at all. A circuit that is absent has no tables there.
/// </summary>
public sealed class InstanceCounts : IEquatable<InstanceCounts>
{
    /// <summary>Stands for log N of a circuit that is absent.</summary>
    public const int Absent = -1;

    /// <summary>The counts of a key's circuits, in their order.</summary>
    /// <param name="logs">log₂ N of each circuit, or <see cref="Absent"/>.</param>
    public InstanceCounts(ImmutableArray<int> logs) => Logs = logs;

    /// <summary>One instance of the one circuit of a key.</summary>
    public static InstanceCounts Single { get; } = Of(0);

    /// <summary>log₂ N of each circuit, or <see cref="Absent"/>.</summary>
    public ImmutableArray<int> Logs { get; }

    /// <summary>Number of circuits, the absent ones counted.</summary>
    public int Circuits => Logs.Length;

    /// <summary>The greatest log₂ N.</summary>
    public int Greatest => Logs.IsEmpty ? Absent : Logs.Max();

    /// <summary>Instances of all circuits together.</summary>
    public double Instances => Logs.Where(log => log >= 0).Sum(log => Math.ScaleB(1, log));

    /// <summary>2^<paramref name="log"/> instances of the one circuit of a key.</summary>
    public static InstanceCounts Of(int log) => new([log]);

    /// <summary>2^<paramref name="log"/> instances of each of so many circuits.</summary>
    public static InstanceCounts All(int circuits, int log) => new([.. Enumerable.Repeat(log, circuits)]);

    /// <summary>log₂ N of a circuit that is present.</summary>
    public int LogOf(int circuit) => Logs[circuit];

    /// <summary>Whether the circuit is in the proof.</summary>
    public bool IsPresent(int circuit) => Logs[circuit] >= 0;

    /// <inheritdoc/>
    public bool Equals(InstanceCounts? other) => other is not null && Logs.SequenceEqual(other.Logs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as InstanceCounts);

    /// <inheritdoc/>
    public override int GetHashCode() => Logs.Aggregate(17, HashCode.Combine);

    /// <summary>The circuits that are there, by name, and how often each is: <c>open=1,add=4</c>.</summary>
    /// <param name="names">The circuits' names, in their order.</param>
    public string Describe(IEnumerable<string> names) =>
        string.Join(',', names.Zip(Logs).Where(circuit => circuit.Second >= 0).Select(circuit => FormattableString.Invariant($"{circuit.First}={1L << circuit.Second}")));

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", Logs.Select(log => log < 0 ? "absent" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"2^{log}")));
}
