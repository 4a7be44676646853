using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Artifacts;

/// <summary>The cost of a chip's table in one instance.</summary>
/// <param name="Chip">The chip's name.</param>
/// <param name="Rows">Rows before padding.</param>
/// <param name="Period">Rows that are proved.</param>
/// <param name="Cells">Main cells that are proved: period times columns.</param>
public sealed record ChipCost(string Chip, int Rows, int Period, long Cells)
{
    /// <summary>Cells a row that are committed to: the chip's own columns, and the helpers of the bus. What tables share (its sums, quotients) and what hiding and batches add is not counted.</summary>
    public required int Columns { get; init; }

    /// <summary>Looked-up bytes a row.</summary>
    public required int Lookups { get; init; }

    /// <summary>Whether a row is a permutation of the hash suite.</summary>
    public required bool IsHash { get; init; }

    internal static ChipCost Of(CircuitTable table)
    {
        var chip = table.Chip;
        var reading = chip.Reading;
        return new(chip.Name, table.UsedRows, table.Period, (long)table.Period * chip.MainColumns.Length)
        {
            Columns = chip.MainColumns.Length + (Extension5.Degree * reading.Layout.Groups.Length),
            Lookups = chip.IsShared ? 0 : reading.Interactions.Count(i => i.Bus == Bus.Byte),
            IsHash = ChipCatalog.IsPermutation(chip),
        };
    }
}

/// <summary>The rows that one place in the source costs, before padding.</summary>
/// <param name="Mark">The place; <see cref="SourceMark.None"/> for what all places share.</param>
/// <param name="Rows">Rows by chip, in the order of the tables.</param>
public sealed record SourceCost(SourceMark Mark, ImmutableArray<(string Chip, int Rows)> Rows)
{
    /// <summary>Rows of all chips.</summary>
    public int Total => Rows.Sum(r => r.Rows);
}

/// <summary>What a circuit costs, by chip and by place in the source.</summary>
/// <param name="Chips">By chip, in the order of the tables.</param>
/// <param name="Sources">By place, in the order of the circuit's marks.</param>
public sealed record CircuitCost(ImmutableArray<ChipCost> Chips, ImmutableArray<SourceCost> Sources)
{
    /// <summary>Main cells of all tables of one instance.</summary>
    public long Cells => Chips.Sum(c => c.Cells);

    /// <summary>The cost of a circuit.</summary>
    public static CircuitCost Of(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var rows = new Dictionary<(int Mark, int Table), int>();
        foreach (var instruction in circuit.Instructions)
        {
            var table = circuit.TableOf(ChipCatalog.Of(instruction.Operation));
            CollectionsMarshal.GetValueRefOrAddDefault(rows, (instruction.Mark, table), out _) += InstructionList.RowsOf(instruction);
        }

        var sources = from entry in rows
                      orderby entry.Key.Mark, entry.Key.Table
                      group (circuit.Tables[entry.Key.Table].Chip.Name, entry.Value) by entry.Key.Mark into place
                      select new SourceCost(circuit.Marks[place.Key], [.. place]);
        return new(
            [.. circuit.Tables.Select(ChipCost.Of)],
            [.. sources]);
    }
}
