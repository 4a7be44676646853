using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Symbolic;

namespace ProvingLayer.Constraints.Circuits;

/// <summary>A table of a union.</summary>
/// <param name="Circuit">The circuit it belongs to; <see cref="CircuitUnion.Shared"/> for a lookup table, which all circuits share.</param>
/// <param name="Source">Its place among the tables of that circuit; −1 for a shared one.</param>
/// <param name="Table">The table, its addresses those of the union.</param>
public readonly record struct UnionTable(int Circuit, int Source, CircuitTable Table);

/// <summary>
/// The circuits of one key: each has tables and a number of instances of its own, lookup tables are there once, behind all others. The cells of
/// a circuit are numbered behind those of the circuits before it, so no address has writers in two circuits and none can read another's cell.
/// </summary>
public sealed class CircuitUnion
{
    /// <summary>Stands for the circuit of a lookup table.</summary>
    public const int Shared = -1;

    private CircuitUnion(ImmutableArray<Circuit> circuits, ImmutableArray<UnionTable> tables)
    {
        Circuits = circuits;
        Tables = tables;
        var chips = tables.Select(table => table.Table.Chip).ToHashSet(ReferenceEqualityComparer.Instance);
        Machine = new([.. Chips.ChipCatalog.All.Where(chips.Contains)]);
    }

    /// <summary>The circuits.</summary>
    public ImmutableArray<Circuit> Circuits { get; }

    /// <summary>The tables: circuit by circuit, then the shared ones.</summary>
    public ImmutableArray<UnionTable> Tables { get; }

    /// <summary>The chips of all circuits, each once.</summary>
    public Machine Machine { get; }

    /// <summary>Whether the circuits are the kinds of step of a history.</summary>
    public bool IsHistory => Circuits.Any(circuit => circuit.IsHistory);

    /// <summary>Public values that the circuits receive: only a key of one circuit that is no history has any.</summary>
    public int PublicCount => Circuits.Sum(circuit => circuit.PublicCount);

    /// <summary>The union of these circuits.</summary>
    public static CircuitUnion Of(params ImmutableArray<Circuit> circuits)
    {
        ArgumentOutOfRangeException.ThrowIfZero(circuits.Length);
        if (circuits is [var one])
            return new(circuits, [.. one.Tables.Select((table, i) => new UnionTable(table.Chip.IsShared ? Shared : 0, i, table))]);
        var tables = ImmutableArray.CreateBuilder<UnionTable>();
        var offset = 0;
        for (var circuit = 0; circuit < circuits.Length; circuit++)
        {
            for (var i = 0; i < circuits[circuit].Tables.Length; i++)
            {
                if (!circuits[circuit].Tables[i].Chip.IsShared)
                    tables.Add(new(circuit, i, Moved(circuits[circuit].Tables[i], offset)));
            }

            offset = checked(offset + circuits[circuit].CellCount);
        }

        foreach (var shared in circuits.SelectMany(circuit => circuit.Tables).Where(table => table.Chip.IsShared).DistinctBy(table => table.Chip))
            tables.Add(new(Shared, -1, shared));
        return new(circuits, tables.ToImmutable());
    }

    /// <summary>log₂ of a table's height; −1 where its circuit is absent.</summary>
    public int LogHeight(int table, Execution.InstanceCounts instances)
    {
        ArgumentNullException.ThrowIfNull(instances);
        var (circuit, _, content) = Tables[table];
        return circuit == Shared ? content.LogPeriod : instances.IsPresent(circuit) ? content.LogPeriod + instances.LogOf(circuit) : -1;
    }

    /// <summary>The table with its addresses moved: they stand in the columns that the second value of a cell's message is made of.</summary>
    private static CircuitTable Moved(CircuitTable table, int offset)
    {
        if (offset == 0)
            return table;
        var columns = AddressColumns(table.Chip);
        var moved = new Matrix([.. table.Preprocessed.Data], table.Preprocessed.Height, table.Preprocessed.Width);
        var step = KoalaBear.FromCanonical((uint)offset);
        for (var row = 0; row < table.UsedRows; row++)
        {
            foreach (var column in columns)
                moved[row, column] += step;
        }

        return table with { Preprocessed = moved };
    }

    /// <summary>Addresses are a preprocessed column, or such a column and a constant: moving the column moves the address.</summary>
    private static int[] AddressColumns(Chip chip)
    {
        var columns = new HashSet<int>();
        foreach (var interaction in chip.Reading.Interactions.Where(interaction => interaction.Bus.CarriesCells()))
        {
            if (!TryFindColumn(interaction.Values[1], out var column))
                throw new InvalidOperationException($"compiler bug: an address of {chip.Name} is not a column and a constant");
            columns.Add(column.Value);
        }

        return [.. columns.Order()];
    }

    private static bool TryFindColumn(ExpressionNode address, [NotNullWhen(true)] out int? column)
    {
        column = address.Kind switch
        {
            ExpressionKind.Preprocessed => address.Column,
            ExpressionKind.Sum when address.Left!.Kind == ExpressionKind.Preprocessed && address.Right!.Kind == ExpressionKind.Constant => address.Left.Column,
            _ => null,
        };
        return column is not null;
    }
}
