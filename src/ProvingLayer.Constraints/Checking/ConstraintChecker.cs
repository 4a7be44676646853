using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Constraints.Checking;

/// <summary>A row that does not satisfy a constraint.</summary>
/// <param name="Chip">The chip's name.</param>
/// <param name="Row">The row.</param>
/// <param name="Constraint">The constraint's name.</param>
/// <param name="Mark">Where in the source the row comes from; none on padding.</param>
public sealed record ConstraintViolation(string Chip, int Row, string Constraint, SourceMark Mark)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Chip} row {Row}  {Mark}  \"{Constraint}\"");
}

/// <summary>A message whose sends and receives do not cancel.</summary>
/// <param name="Message">The message.</param>
/// <param name="Net">Sends less receives, mod p.</param>
/// <param name="Places">The rows that send or receive it: chip, row, name and sign.</param>
public sealed record BusImbalance(BusMessage Message, KoalaBear Net, ImmutableArray<string> Places)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var net = Net.Canonical > KoalaBear.Modulus / 2 ? (long)Net.Canonical - KoalaBear.Modulus : Net.Canonical;
        return string.Create(CultureInfo.InvariantCulture, $"{Message} is left {net} times: {string.Join("; ", Places)}");
    }
}

/// <summary>What is wrong with a trace.</summary>
/// <param name="Violations">Every row that violates a constraint, by name.</param>
/// <param name="Imbalances">Every message that does not cancel.</param>
public sealed record CheckReport(ImmutableArray<ConstraintViolation> Violations, ImmutableArray<BusImbalance> Imbalances)
{
    /// <summary>Whether the trace satisfies all.</summary>
    public bool Holds => Violations.IsEmpty && Imbalances.IsEmpty;

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Violations.Select(v => v.ToString()).Concat(Imbalances.Select(i => i.ToString())));
}

/// <summary>Checks a trace against a circuit's constraints and buses, row by row and without any proof: what a proof shows, this reports.</summary>
public static class ConstraintChecker
{
    /// <summary>Reports every violated constraint and every message that does not cancel.</summary>
    /// <exception cref="ArgumentException">The trace's tables have not the circuit's shape.</exception>
    public static CheckReport Check(Circuit circuit, Trace trace)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(trace);
        RequireShape(circuit, trace);
        var violations = ImmutableArray.CreateBuilder<ConstraintViolation>();
        var balance = new Dictionary<BusMessage, KoalaBear>();
        var findings = new RowFindings();
        var marks = new RowMarks(circuit);
        for (var table = 0; table < circuit.Tables.Length; table++)
        {
            for (var row = 0; row < trace.Main[table].Height; row++)
            {
                RowChecker.Read(circuit, trace, table, row, findings);
                foreach (var violation in findings.Violations)
                    violations.Add(new(circuit.Tables[table].Chip.Name, row, violation, marks.Of(table, row % circuit.Tables[table].Period)));
                foreach (var (message, multiplicity, _) in findings.Messages)
                    CollectionsMarshal.GetValueRefOrAddDefault(balance, message, out _) += multiplicity;
            }
        }

        foreach (var (message, multiplicity) in Boundary(circuit.IsHistory, trace))
            CollectionsMarshal.GetValueRefOrAddDefault(balance, message, out _) += multiplicity;
        var unbalanced = balance.Where(entry => !entry.Value.IsZero).OrderBy(entry => entry.Key).ToArray();
        return new(violations.ToImmutable(), unbalanced.Length == 0 ? [] : Explain(circuit, trace, unbalanced));
    }

    /// <summary>The messages of the verifier: it sends the public values; of a history it sends (0, from) and receives (n, to).</summary>
    internal static IEnumerable<(BusMessage Message, KoalaBear Multiplicity)> Boundary(bool isHistory, Trace trace)
    {
        if (isHistory && HistoryBoundary.TryRead(trace.PublicValues.AsSpan(), out var history))
        {
            yield return (new(Bus.History, [KoalaBear.Zero, .. history.From.AsSpan()]), KoalaBear.One);
            yield return (new(Bus.History, [trace.PublicValues[^1], .. history.To.AsSpan()]), -KoalaBear.One);
            yield break;
        }

        for (var i = 0; i < trace.PublicValues.Length; i++)
            yield return (new(Bus.Public, [KoalaBear.FromCanonical((uint)i), trace.PublicValues[i]]), KoalaBear.One);
    }

    private static ImmutableArray<BusImbalance> Explain(Circuit circuit, Trace trace, KeyValuePair<BusMessage, KoalaBear>[] unbalanced)
    {
        var places = unbalanced.ToDictionary(entry => entry.Key, _ => new List<string>());
        var findings = new RowFindings();
        for (var table = 0; table < circuit.Tables.Length; table++)
        {
            for (var row = 0; row < trace.Main[table].Height; row++)
            {
                RowChecker.Read(circuit, trace, table, row, findings);
                foreach (var (message, multiplicity, name) in findings.Messages)
                {
                    if (places.TryGetValue(message, out var list))
                        list.Add(string.Create(CultureInfo.InvariantCulture, $"{circuit.Tables[table].Chip.Name} row {row} \"{name}\" × {multiplicity}"));
                }
            }
        }

        foreach (var (message, multiplicity) in Boundary(circuit.IsHistory, trace))
        {
            if (places.TryGetValue(message, out var list))
                list.Add($"verifier \"{(circuit.IsHistory ? "history" : "public value")}\" × {multiplicity}");
        }

        return [.. unbalanced.Select(entry => new BusImbalance(entry.Key, entry.Value, [.. places[entry.Key]]))];
    }

    private static void RequireShape(Circuit circuit, Trace trace)
    {
        if (trace.Main.Length != circuit.Tables.Length)
            throw new ArgumentException($"The trace has {trace.Main.Length} tables, the circuit {circuit.Tables.Length}.", nameof(trace));
        for (var i = 0; i < circuit.Tables.Length; i++)
        {
            var table = circuit.Tables[i];
            if (trace.Main[i].Width != table.Chip.MainColumns.Length || trace.Main[i].Height != 1 << table.LogHeight(trace.LogInstances))
                throw new ArgumentException($"The table of {table.Chip.Name} has not the circuit's shape.", nameof(trace));
        }
    }
}

/// <summary>The source mark of each row of each table.</summary>
internal sealed class RowMarks
{
    private readonly Circuit circuit;
    private readonly int[][] instructions;

    public RowMarks(Circuit circuit)
    {
        this.circuit = circuit;
        instructions = [.. circuit.Tables.Select(table => new int[table.UsedRows])];
        var cursor = new TableCursor(circuit);
        for (var i = 0; i < circuit.Instructions.Length; i++)
        {
            var table = cursor.TableOf(circuit.Instructions[i].Operation);
            for (var row = 0; row < InstructionList.RowsOf(circuit.Instructions[i]); row++)
                instructions[table][cursor.Next(table)] = i;
        }
    }

    /// <summary>The instruction of a row; −1 on padding and in the byte table.</summary>
    public int InstructionOf(int table, int row) =>
        circuit.Tables[table].Chip == ChipCatalog.Byte || row >= instructions[table].Length ? -1 : instructions[table][row];

    public SourceMark Of(int table, int row)
    {
        var instruction = InstructionOf(table, row);
        return instruction < 0 ? SourceMark.None : circuit.Marks[circuit.Instructions[instruction].Mark];
    }
}
