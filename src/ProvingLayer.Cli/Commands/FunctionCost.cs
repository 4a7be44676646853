using System.Collections.Immutable;
using System.Globalization;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Cli.Commands;

/// <summary>What something costs, before padding.</summary>
/// <param name="Rows">Rows of all tables; the shared byte table apart.</param>
/// <param name="Cells">Cells of those rows, the bus's among them.</param>
/// <param name="Hashes">Rows that are permutations of the hash suite.</param>
/// <param name="Lookups">Bytes looked up.</param>
internal readonly record struct CostAmount(long Rows, long Cells, long Hashes, long Lookups)
{
    /// <summary>The sum.</summary>
    public static CostAmount operator +(CostAmount left, CostAmount right) =>
        new(left.Rows + right.Rows, left.Cells + right.Cells, left.Hashes + right.Hashes, left.Lookups + right.Lookups);

    /// <summary>Some rows of a chip.</summary>
    public static CostAmount Of(ChipCost chip, long rows) => new(rows, rows * chip.Columns, chip.IsHash ? rows : 0, rows * chip.Lookups);
}

/// <summary>What one line of the source costs.</summary>
/// <param name="File">The file; empty for what belongs to no line: constants, and the record's and the statement's own.</param>
/// <param name="Line">The line, from 1; 0 for none.</param>
/// <param name="Text">The longest text of the line that asks for something, on one line.</param>
/// <param name="Amount">What it costs.</param>
internal sealed record LineCost(string File, int Line, string Text, CostAmount Amount)
{
    /// <summary>file:line.</summary>
    public string Place => File.Length == 0 ? "(none)" : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");
}

/// <summary>What one step of a transition, or one statement, costs.</summary>
/// <param name="Program">The machine or statement.</param>
/// <param name="Name">The transition.</param>
/// <param name="Chips">Its tables.</param>
/// <param name="Lines">Its lines, the dearest first; what verifies inner proofs apart.</param>
internal sealed record FunctionCost(string Program, string Name, ImmutableArray<ChipCost> Chips, ImmutableArray<LineCost> Lines)
{
    private const int LongestText = 60;

    /// <summary>The inner proofs that it verifies, each at the line that does.</summary>
    public ImmutableArray<LineCost> InnerProofs { get; init; } = [];

    /// <summary>What all lines cost; inner proofs apart.</summary>
    public CostAmount Used => Lines.Aggregate(default(CostAmount), (sum, line) => sum + line.Amount);

    /// <summary>Rows that are proved, the shared byte table's among them.</summary>
    public long PaddedRows => Chips.Sum(chip => (long)chip.Period);

    /// <summary>Cells of a transparent proof's trace and bus.</summary>
    public long PaddedCells => Chips.Sum(chip => (long)chip.Period * chip.Columns);

    /// <summary>By line.</summary>
    public static FunctionCost Of(string program, string name, CircuitCost cost)
    {
        var chips = cost.Chips.ToDictionary(chip => chip.Chip, StringComparer.Ordinal);
        var lines = from source in cost.Sources
                    let isInner = source.Mark.Text.StartsWith(SourceMark.InnerVerification, StringComparison.Ordinal)
                    group source by (source.Mark.File, source.Mark.Line, isInner) into line
                    let amount = line.SelectMany(source => source.Rows).Aggregate(default(CostAmount), (sum, rows) => sum + CostAmount.Of(chips[rows.Chip], rows.Rows))
                    orderby amount.Cells descending, line.Key.File, line.Key.Line
                    select (line.Key.isInner, Cost: new LineCost(line.Key.File, line.Key.Line, OneLine(line.Select(source => source.Mark.Text).MaxBy(text => text.Length)!), amount));
        var all = lines.ToLookup(line => line.isInner, line => line.Cost);
        return new(program, name, cost.Chips, [.. all[false]]) { InnerProofs = [.. all[true]] };
    }

    private static string OneLine(string text)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= LongestText ? words : words[..LongestText] + "…";
    }
}
