using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.LogUp;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Stark.Keys;

/// <summary>
/// What a verifier must hold to check proofs of one circuit, or of several that stand in one proof. Free of the number of instances.
/// Reproducible from the circuits: a root alone cannot be audited.
/// </summary>
public sealed class VerifyingKey
{
    /// <summary>The domain tag of key digests: "KEY".</summary>
    public const uint DomainTag = 0x4b4559;

    internal VerifyingKey(
        Digest machineId, uint suiteId, Profile profile, ImmutableArray<KeyTable> tables, int maxLogInstances, int publicCount, ImmutableArray<Digest> preprocessedRoots, bool isHiding = false)
    {
        IsHiding = isHiding;
        Parameters = profile.ParametersOf(isHiding, LogTallest(tables, maxLogInstances));
        MachineId = machineId;
        SuiteId = suiteId;
        Profile = profile;
        Tables = tables;
        MaxLogInstances = maxLogInstances;
        PublicCount = publicCount;
        PreprocessedRoots = preprocessedRoots;
        Circuits = CircuitsOf(tables);
        IsHistory = tables.Any(IsStep);
        Digest = HashSuites.Get(suiteId).Hash(DomainTag, Elements());
    }

    /// <summary>The digest of every chip's constraints, columns and messages.</summary>
    public Digest MachineId { get; }

    /// <summary>The hash suite.</summary>
    public uint SuiteId { get; }

    /// <summary>The profile with its parameters.</summary>
    public Profile Profile { get; }

    /// <summary>
    /// Whether proofs hide their witness: zero knowledge. A circuit has a hiding key and a transparent one, its sister; a proof is of one of them.
    /// </summary>
    public bool IsHiding { get; }

    /// <summary>The profile's parameters, transparent or hiding.</summary>
    public ProofParameters Parameters { get; }

    /// <summary>Number of circuits.</summary>
    public int Circuits { get; }

    /// <summary>The tables: circuit by circuit in the machine's order, then the shared ones.</summary>
    public ImmutableArray<KeyTable> Tables { get; }

    /// <summary>log₂ of the most instances of each circuit in one proof; 0 for a circuit that is only ever proved once.</summary>
    public int MaxLogInstances { get; }

    /// <summary>Public values that the circuits receive: field elements, in their order.</summary>
    public int PublicCount { get; }

    /// <summary>Whether the circuits are the kinds of step of a history.</summary>
    public bool IsHistory { get; }

    /// <summary>Field elements of a statement: the public values, or the boundary of a history.</summary>
    public int StatementCount => IsHistory ? HistoryBoundary.Elements : PublicCount;

    /// <summary>
    /// The commitments to the preprocessed columns: one for a key of one circuit; otherwise one a circuit, since a proof opens those of the
    /// circuits in it, and one for the shared tables, if there are any.
    /// </summary>
    public ImmutableArray<Digest> PreprocessedRoots { get; }

    /// <summary>The digest over every field of this key; part of every transcript.</summary>
    public Digest Digest { get; }

    /// <summary>The proven security of a proof of 2^<paramref name="logInstances"/> instances of each circuit.</summary>
    public SecurityLevel SecurityAt(int logInstances)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(logInstances);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logInstances, MaxLogInstances);
        return SecurityAt(InstanceCounts.All(Circuits, logInstances));
    }

    /// <summary>The proven security of a proof of so many instances.</summary>
    internal SecurityLevel SecurityAt(InstanceCounts instances) =>
        SecurityLevel.Of(Parameters, new ProofShape(this, instances).Soundness(), Profile.Regime);

    /// <summary>The commitment that holds a table's preprocessed columns, in a key of so many circuits.</summary>
    internal static int PreprocessedGroupOf(KeyTable table, int circuits) => circuits == 1 ? 0 : table.IsShared ? circuits : table.Circuit;

    /// <summary>Number of commitments to preprocessed columns.</summary>
    internal static int PreprocessedGroups(ImmutableArray<KeyTable> tables)
    {
        var circuits = CircuitsOf(tables);
        return circuits > 1 && tables.Any(table => table.IsShared) ? circuits + 1 : circuits;
    }

    /// <summary>The tables of circuits with these chips and periods.</summary>
    internal static ImmutableArray<KeyTable> TablesOf(IEnumerable<(int Circuit, Chip Chip, int LogPeriod)> tables, int maxLogInstances, ProofParameters parameters)
    {
        var all = tables.ToArray();
        var groups = HeightGroup.Of(all, maxLogInstances);
        return [.. all.Select((table, number) => KeyTable.Of(table.Circuit, new TableLayout(table.Chip, parameters, maxLogInstances, number, groups[number]), table.LogPeriod))];
    }

    /// <summary>The tables of a union of circuits.</summary>
    internal static ImmutableArray<KeyTable> TablesOf(CircuitUnion union, int maxLogInstances, ProofParameters parameters) =>
        TablesOf(union.Tables.Select(table => (table.Circuit, table.Table.Chip, table.Table.LogPeriod)), maxLogInstances, parameters);

    /// <summary>Every field, in a fixed order; lists are preceded by their length. The commitments to preprocessed columns are the last field.</summary>
    internal KoalaBear[] Elements()
    {
        var elements = new List<KoalaBear> { Number((int)ProofHeader.ProtocolVersion) };
        elements.AddRange(MachineId.AsSpan());
        elements.Add(Number((int)SuiteId));
        elements.AddRange(ProofHeader.ParametersOf(Profile, Parameters));
        elements.Add(Number(IsHiding ? 1 : 0));
        elements.Add(Number(Circuits));
        elements.Add(Number(MaxLogInstances));
        elements.Add(Number(PublicCount));
        elements.Add(Number(Tables.Length));
        foreach (var table in Tables)
        {
            foreach (var number in (ReadOnlySpan<int>)[table.Circuit + 1, table.LogPeriod, table.IsShared ? 1 : 0, table.PreprocessedWidth, table.MainWidth, table.PermutationWidth, table.Degree])
                elements.Add(Number(number));
        }

        elements.Add(Number(PreprocessedRoots.Length));
        foreach (var root in PreprocessedRoots)
            elements.AddRange(root.AsSpan());
        return [.. elements];
    }

    /// <summary>log₂ of the greatest height that a table has in any proof.</summary>
    internal static int LogTallest(ImmutableArray<KeyTable> tables, int maxLogInstances) =>
        tables.Select(table => table.IsShared ? table.LogPeriod : table.LogPeriod + maxLogInstances).DefaultIfEmpty(0).Max();

    /// <summary>Whether a table holds the steps of a history.</summary>
    internal static bool IsStep(KeyTable table) => table.Layout.Chip is HistoryChip;

    /// <summary>Number of circuits that these tables belong to.</summary>
    internal static int CircuitsOf(ImmutableArray<KeyTable> tables) => tables.Select(table => table.Circuit + 1).DefaultIfEmpty(0).Max();

    private static KoalaBear Number(int value) => KoalaBear.FromCanonical((uint)value);
}
