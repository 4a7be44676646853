using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Recursion;

/// <summary>
/// The tables of all circuits of a key set: the same chips with the same heights, so that their keys differ in the commitment to the preprocessed columns
/// alone and one circuit can verify the proofs of each of them, its own among them. The least shape that holds a circuit that verifies two proofs of the shape is its fixed point:
/// a taller table makes the verifier of its proofs longer by a few hashes a query only.
/// </summary>
public sealed class RecursionShape
{
    /// <summary>Public values of every circuit of the shape: the digest of a statement.</summary>
    public const int PublicCount = Digest.Length;

    private static readonly Lazy<RecursionShape> LazyStandard = new(() => new(Profile.Recursion, Poseidon2.SuiteId, ImmutableDictionary.CreateRange(
        ChipsOf(Poseidon2.SuiteId).Select(chip => KeyValuePair.Create(chip, chip.Name switch { "poseidon2" or "extension" => 15, "witness" or "limbs" or "horner" => 12, _ => 9 })))));

    private static readonly Lazy<RecursionShape> LazyTest = new(() => Least(Profile.Test));

    private readonly ImmutableDictionary<Chip, int> heights;
    private readonly Lazy<Digest> machineId;
    private readonly Lazy<ImmutableArray<KeyTable>> tables;

    /// <summary>The shape with these heights.</summary>
    /// <param name="profile">The profile of all keys.</param>
    /// <param name="suiteId">Their hash suite.</param>
    /// <param name="logHeights">log₂ of the rows of each table, by chip.</param>
    internal RecursionShape(Profile profile, uint suiteId, ImmutableDictionary<Chip, int> logHeights)
    {
        Profile = profile;
        SuiteId = suiteId;
        heights = logHeights;
        Tables = [.. ChipCatalog.All.Where(heights.ContainsKey).Select(chip => (chip.Name, heights[chip]))];
        Machine = new([.. ChipCatalog.All.Where(heights.ContainsKey)]);
        machineId = new(() => HashSuites.Get(suiteId).MachineId(Machine));
        tables = new(() => VerifyingKey.TablesOf(Machine.Chips.Select(chip => (0, chip, heights[chip])), 0, profile.ParametersOf(isHiding: false)));
    }

    /// <summary>The shape of the recursion profile under Poseidon2, which key sets have by default: <see cref="Least"/>, computed once and written down.</summary>
    public static RecursionShape Standard => LazyStandard.Value;

    /// <summary>The shape in which a circuit that verifies proofs of any of a set of programs takes them.</summary>
    /// <param name="profile">The profile of the programs' keys.</param>
    public static RecursionShape For(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return profile.IsForTests ? LazyTest.Value : Standard;
    }

    /// <summary>The profile of all keys.</summary>
    public Profile Profile { get; }

    /// <summary>Their hash suite.</summary>
    public uint SuiteId { get; }

    /// <summary>The tables: a chip's name and log₂ of its rows.</summary>
    public ImmutableArray<(string Chip, int LogHeight)> Tables { get; }

    internal Machine Machine { get; }

    /// <summary>The least shape, with these heights at least, that holds the circuits that aggregate its proofs.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="suiteId">The hash suite.</param>
    public static RecursionShape Least(Profile profile, uint suiteId = 1)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var shape = new RecursionShape(profile, suiteId, ImmutableDictionary.CreateRange(
            ChipsOf(suiteId).Select(chip => KeyValuePair.Create(chip, CircuitTable.LeastLogPeriod))));
        while (true)
        {
            var circuit = AggregateCircuit.Create(shape, isChain: true).Circuit;
            if (shape.Holds(circuit))
                return shape;
            shape = new(profile, suiteId, Aligned(circuit, profile.Parameters.LogArity));
        }
    }

    /// <summary>Whether a circuit has the shape's tables and no taller ones.</summary>
    internal bool Holds(Circuit circuit) =>
        circuit.Tables.Length == heights.Count && circuit.Tables.All(table => heights.TryGetValue(table.Chip, out var log) && log == table.LogPeriod);

    /// <summary>Freezes a circuit with the shape's tables; a circuit that needs taller ones has those.</summary>
    internal Circuit Build(CircuitBuilder builder) => builder.Build(heights);

    /// <summary>Freezes a circuit that verifies one proof of the shape, and so needs half of its rows; one that needs taller tables has those.</summary>
    internal Circuit BuildLower(CircuitBuilder builder) => builder.Build(heights.ToImmutableDictionary(height => height.Key, height => Math.Max(CircuitTable.LeastLogPeriod, height.Value - 1)));

    /// <summary>The key of the circuit of this shape whose preprocessed columns have this commitment.</summary>
    internal VerifyingKey KeyOf(Digest preprocessedRoot) => new(machineId.Value, SuiteId, Profile, tables.Value, 0, PublicCount, [preprocessedRoot]);

    /// <summary>
    /// The heights that a circuit needs, raised to the tallest less one or two times the arity: so FRI folds from one to the next at once, without a commitment
    /// and a smaller fold between two heights, and no row enters a Merkle path for the sake of a few small tables.
    /// </summary>
    private static ImmutableDictionary<Chip, int> Aligned(Circuit circuit, int logArity)
    {
        var tallest = circuit.Tables.Max(table => table.LogPeriod);
        return ImmutableDictionary.CreateRange(circuit.Tables.Select(table => KeyValuePair.Create(table.Chip, tallest - (Math.Min((tallest - table.LogPeriod) / logArity, 2) * logArity))));
    }

    /// <summary>What a verifier is made of.</summary>
    internal static IEnumerable<Chip> ChipsOf(uint suiteId)
    {
        string[] names = ["constant", "witness", "extension", "bits", suiteId == Poseidon2.SuiteId ? "poseidon2" : "poseidon1", "limbs", "regroup", "horner", "fold", "public"];
        return names.Select(name => ChipCatalog.TryGet(name, out var chip) ? chip : throw new InvalidOperationException($"compiler bug: there is no chip {name}"));
    }
}
