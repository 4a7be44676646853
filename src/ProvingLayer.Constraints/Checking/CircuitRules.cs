using System.Collections.Immutable;
using System.Globalization;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Symbolic;

namespace ProvingLayer.Constraints.Checking;

/// <summary>
/// What key generation must check of a circuit, read from the chips' texts and the preprocessed matrices themselves, for these are what is
/// proved; the list of instructions is not asked. Soundness of every circuit rests on it: an address with two writers could hold two values, a
/// cell with more reads than its writer's multiplicity could be read from nowhere.
/// </summary>
public static class CircuitRules
{
    /// <summary>log₂ of the most rows any table may have: two-adicity less the rate 1/8.</summary>
    public const int GreatestLogHeight = KoalaBear.TwoAdicity - 3;

    private const int MostFaults = 100;

    /// <summary>Every fault (the first hundred) of a circuit proved in 2^<paramref name="logInstances"/> instances; none if a key may be generated.</summary>
    public static ImmutableArray<string> Check(Circuit circuit, int logInstances = 0)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        return Check(circuit.Tables, circuit.PublicCount, logInstances);
    }

    /// <summary>
    /// Every fault of the circuits of one key, each proved in 2^<paramref name="logInstances"/> instances. One account is kept of the cells of all of
    /// them: an address has one writer in the whole key, so no circuit can read a cell of another.
    /// </summary>
    public static ImmutableArray<string> Check(CircuitUnion union, int logInstances)
    {
        ArgumentNullException.ThrowIfNull(union);
        return [.. Faults([.. union.Tables.Select(table => table.Table)], union.PublicCount, logInstances, union).Take(MostFaults)];
    }

    /// <summary>Every fault of a circuit's tables; none if a key may be generated.</summary>
    public static ImmutableArray<string> Check(ImmutableArray<CircuitTable> tables, int publicCount, int logInstances = 0) =>
        [.. Faults(tables, publicCount, logInstances, null).Take(MostFaults)];

    /// <summary>The greatest log₂ of instances that heights, the LogUp bound and public values allow; −1 if there is none.</summary>
    public static int MaximumLogInstances(Circuit circuit) => MaximumLogInstances(CircuitUnion.Of(circuit));

    /// <summary>The greatest log₂ of instances of every circuit that heights, the LogUp bound and public values allow; −1 if there is none.</summary>
    public static int MaximumLogInstances(CircuitUnion union)
    {
        ArgumentNullException.ThrowIfNull(union);
        ImmutableArray<CircuitTable> tables = [.. union.Tables.Select(table => table.Table)];
        var log = -1;
        while (log < GreatestLogHeight && !ShapeFaults(tables, union.PublicCount, log + 1, union).Any())
            log++;
        return log;
    }

    private static IEnumerable<string> Faults(ImmutableArray<CircuitTable> tables, int publicCount, int logInstances, CircuitUnion? union)
    {
        var shape = tables.SelectMany(table => MachineRules.FaultsOf(table.Chip)).Concat(ShapeFaults(tables, publicCount, logInstances, union)).ToArray();
        return shape.Length > 0 ? shape : ContentFaults(tables, publicCount); // rows of another width cannot be read
    }

    private static IEnumerable<string> ShapeFaults(ImmutableArray<CircuitTable> tables, int publicCount, int logInstances, CircuitUnion? union)
    {
        if (tables.IsEmpty)
            yield return "the circuit has no table";
        if (logInstances < 0)
            yield return "a number of instances is a power of two";
        if (union is { Circuits.Length: > 1, PublicCount: > 0 } or { IsHistory: true, PublicCount: > 0 })
            yield return "public values belong to a key of one circuit that is no history";
        if (union is not null && union.Circuits.Any(circuit => circuit.IsHistory != union.IsHistory))
            yield return "either all circuits of a key are steps of a history, or none";
        var last = -1;
        UInt128 reads = 0;
        for (var i = 0; i < tables.Length; i++)
        {
            var table = tables[i];
            if (union is not null && i > 0 && union.Tables[i].Circuit != union.Tables[i - 1].Circuit)
                last = -1;
            var order = ChipCatalog.All.IndexOf(table.Chip);
            if (order >= 0 && order <= last)
                yield return $"{table.Chip.Name}: tables are in the catalog's order, one a chip";
            last = Math.Max(last, order);
            if (table.LogPeriod < CircuitTable.LeastLogPeriod || table.LogHeight(logInstances) > GreatestLogHeight)
            {
                yield return Text($"{table.Chip.Name}: a table has 2^{CircuitTable.LeastLogPeriod} to 2^{GreatestLogHeight} rows, not 2^{table.LogHeight(logInstances)}");
                continue;
            }

            if (table.Preprocessed.Height != table.Period || table.Preprocessed.Width != table.Chip.PreprocessedColumns.Length)
                yield return $"{table.Chip.Name}: the preprocessed matrix has not the table's shape";
            if (table.Chip == ChipCatalog.Byte && table.LogPeriod != ByteChip.LogHeight)
                yield return "byte: the byte table has 128 rows";

            // Every message but a lookup table's own may be a read.
            var readsPerRow = table.Chip.Reading.Interactions.Count(interaction => interaction.Kind != MultiplicityKind.Count);
            reads += (UInt128)readsPerRow << table.LogHeight(logInstances);
        }

        // With one writer an address and fewer than p reads in all, a net count that is not zero is not zero mod p.
        if (reads + (UInt128)publicCount + 2 >= KoalaBear.Modulus)
            yield return Text($"{reads} reads: a count could wrap mod p");
        if (logInstances > 0 && publicCount > 0)
            yield return "public values belong to a proof of one instance";
    }

    private static IEnumerable<string> ContentFaults(ImmutableArray<CircuitTable> tables, int publicCount)
    {
        var ledger = new CellLedger(publicCount);
        foreach (var table in tables)
        {
            var accesses = table.Chip.Reading.Interactions
                .Where(interaction => interaction.Bus.CarriesCells() || interaction.Bus is Bus.Public or Bus.Byte)
                .Where(interaction => interaction.Kind == MultiplicityKind.Preprocessed).ToArray();
            for (var row = 0; row < table.Period; row++)
            {
                if (table.Chip.FaultOf(row, table.Preprocessed.Row(row)) is { } fault)
                    yield return Text($"{table.Chip.Name} row {row}: {fault}");
                foreach (var interaction in accesses)
                {
                    var multiplicity = Evaluate(interaction.Multiplicity, table, row);
                    if (multiplicity.IsZero)
                        continue;
                    if (row >= table.UsedRows)
                        yield return Text($"{table.Chip.Name} row {row}: \"{interaction.Name}\" takes part on padding");
                    var net = interaction.IsSend ? multiplicity : -multiplicity;
                    var subject = interaction.Bus switch
                    {
                        Bus.Byte => default,
                        Bus.Public => Evaluate(interaction.Values[0], table, row),
                        _ => Evaluate(interaction.Values[1], table, row),
                    };
                    if (ledger.Record(interaction.Bus, subject.Canonical, net) is { } misuse)
                        yield return Text($"{table.Chip.Name} row {row}: \"{interaction.Name}\": {misuse}");
                }
            }
        }

        var usesBytes = tables.Any(table => !table.Chip.IsShared && table.Chip.Reading.Interactions.Any(i => i.Bus == Bus.Byte));
        if (usesBytes != tables.Any(table => table.Chip == ChipCatalog.Byte))
            yield return "the byte table is there if and only if bytes are looked up";
        foreach (var fault in ledger.Faults())
            yield return fault;
    }

    private static KoalaBear Evaluate(ExpressionNode node, CircuitTable table, int row) => node.Kind switch
    {
        ExpressionKind.Constant => node.Constant,
        ExpressionKind.Preprocessed => table.Preprocessed[row, node.Column],
        ExpressionKind.PreprocessedNext => table.Preprocessed[(row + 1) % table.Period, node.Column],
        ExpressionKind.Sum => Evaluate(node.Left!, table, row) + Evaluate(node.Right!, table, row),
        ExpressionKind.Difference => Evaluate(node.Left!, table, row) - Evaluate(node.Right!, table, row),
        ExpressionKind.Product => Evaluate(node.Left!, table, row) * Evaluate(node.Right!, table, row),
        ExpressionKind.Negation => -Evaluate(node.Left!, table, row),
        _ => throw new InvalidOperationException("compiler bug: an address or multiplicity that is not preprocessed"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Who writes and reads each cell and each public value.</summary>
internal sealed class CellLedger(int publicCount)
{
    private const uint Read = KoalaBear.Modulus - 1;

    private readonly Dictionary<uint, (Bus Bus, uint Readers)> writers = [];
    private readonly Dictionary<(uint Address, Bus Bus), uint> reads = [];
    private readonly Dictionary<uint, int> publics = [];

    /// <summary>Records a message with its net multiplicity; returns the fault, or null.</summary>
    public string? Record(Bus bus, uint subject, KoalaBear net)
    {
        switch (bus)
        {
            case Bus.Byte:
                return net.Canonical == Read ? null : "a byte is looked up once";
            case Bus.Public:
                publics[subject] = publics.GetValueOrDefault(subject) + 1;
                return net.Canonical != Read ? "a public value is received once" : subject < publicCount ? null : "there is no such public value";
        }

        if (net.Canonical == Read)
        {
            reads[(subject, bus)] = reads.GetValueOrDefault((subject, bus)) + 1;
            return null;
        }

        if (net.Canonical > KoalaBear.Modulus / 2)
            return "a cell is read more than once by one message";
        return writers.TryAdd(subject, (bus, net.Canonical))
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"cell {subject} has a second writer");
    }

    public IEnumerable<string> Faults()
    {
        foreach (var ((address, bus), count) in reads.OrderBy(entry => entry.Key))
        {
            if (!writers.TryGetValue(address, out var writer))
                yield return Text($"cell {address} is read and has no writer");
            else if (writer.Bus != bus)
                yield return Text($"cell {address} is written as a {writer.Bus} and read as a {bus}");
            else if (writer.Readers != count)
                yield return Text($"cell {address} is written for {writer.Readers} readers and has {count}");
        }

        foreach (var (address, (bus, count)) in writers.OrderBy(entry => entry.Key))
        {
            if (!reads.ContainsKey((address, bus)))
                yield return Text($"cell {address} is written for {count} readers and has none as a {bus}");
        }

        for (uint index = 0; index < publicCount; index++)
        {
            var count = publics.GetValueOrDefault(index);
            if (count != 1)
                yield return Text($"public value {index} is received {count} times");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
