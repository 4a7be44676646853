using System.Collections.Immutable;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Circuits;

/// <summary>A chip's table in a circuit.</summary>
/// <param name="Chip">The chip.</param>
/// <param name="LogPeriod">log₂ of the rows of one instance, at least 4; the height of a shared table.</param>
/// <param name="Preprocessed">The preprocessed columns over one period.</param>
public sealed record CircuitTable(Chip Chip, int LogPeriod, Matrix Preprocessed)
{
    /// <summary>The least log₂ of a period.</summary>
    public const int LeastLogPeriod = 4;

    /// <summary>Rows that instructions use; the rest of the period is padding.</summary>
    public int UsedRows { get; init; } = Preprocessed.Height;

    /// <summary>Rows of one instance.</summary>
    public int Period => 1 << LogPeriod;

    /// <summary>log₂ of the table's height in a proof of 2^<paramref name="logInstances"/> instances.</summary>
    public int LogHeight(int logInstances) => Chip.IsShared ? LogPeriod : LogPeriod + logInstances;
}

/// <summary>Cells whose values the executor reports under a name. Private: no constraint and no public value comes of them.</summary>
/// <param name="Name">The name.</param>
/// <param name="Cells">The cells.</param>
public readonly record struct CircuitOutput(string Name, ImmutableArray<Cell> Cells);

/// <summary>
/// A list of instructions over write-once cells, frozen: what is executed, and the tables whose preprocessed columns say which row reads and
/// writes which cell.
/// </summary>
public sealed class Circuit
{
    internal Circuit(
        Machine machine,
        ImmutableArray<CircuitTable> tables,
        ImmutableArray<Instruction> instructions,
        ImmutableArray<int> code,
        ImmutableArray<CellType> cellTypes,
        ImmutableArray<CellType> inputTypes,
        int publicCount,
        ImmutableArray<SourceMark> marks,
        ImmutableArray<string> names,
        ImmutableArray<CircuitOutput> outputs)
    {
        Machine = machine;
        Tables = tables;
        Instructions = instructions;
        Code = code;
        CellTypes = cellTypes;
        InputTypes = inputTypes;
        PublicCount = publicCount;
        Marks = marks;
        Names = names;
        Outputs = outputs;
    }

    /// <summary>The chips, one for each table.</summary>
    public Machine Machine { get; }

    /// <summary>The tables, in the machine's order.</summary>
    public ImmutableArray<CircuitTable> Tables { get; }

    /// <summary>Number of public values, field elements.</summary>
    public int PublicCount { get; }

    /// <summary>Whether its instances are steps of a history.</summary>
    public bool IsHistory => TableOf(Chips.ChipCatalog.History) >= 0;

    /// <summary>Number of inputs.</summary>
    public int InputCount => InputTypes.Length;

    /// <summary>The type of each input slot.</summary>
    public ImmutableArray<CellType> InputTypes { get; }

    /// <summary>The places in sources that instructions come from; the first is <see cref="SourceMark.None"/>.</summary>
    public ImmutableArray<SourceMark> Marks { get; }

    /// <summary>The named private outputs.</summary>
    public ImmutableArray<CircuitOutput> Outputs { get; }

    /// <summary>Number of cells.</summary>
    public int CellCount => CellTypes.Length;

    /// <summary>Number of instructions.</summary>
    public int InstructionCount => Instructions.Length;

    internal ImmutableArray<Instruction> Instructions { get; }

    internal ImmutableArray<int> Code { get; }

    internal ImmutableArray<CellType> CellTypes { get; }

    internal ImmutableArray<string> Names { get; }

    /// <summary>The index of the instruction's source mark in <see cref="Marks"/>.</summary>
    public int MarkOf(int instruction) => Instructions[instruction].Mark;

    /// <summary>The circuit's text: stable, one line an instruction.</summary>
    public string ToText() => CircuitText.Of(this);

    /// <inheritdoc cref="ToText"/>
    public override string ToString() => ToText();

    /// <summary>The table with a chip; −1 if the circuit does not use it.</summary>
    internal int TableOf(Chip chip)
    {
        for (var i = 0; i < Tables.Length; i++)
        {
            if (ReferenceEquals(Tables[i].Chip, chip))
                return i;
        }

        return -1;
    }
}
