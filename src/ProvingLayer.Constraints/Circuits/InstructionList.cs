using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;

namespace ProvingLayer.Constraints.Circuits;

/// <summary>
/// Instructions as they are appended, each one checked: the builder and the reader of the binary form both write here. Addresses are given in
/// the order in which cells are written, so a list has one form.
/// </summary>
internal sealed class InstructionList
{
    // Two-adicity less the rate 1/8; a longer table could not be proved.
    private const int MaximumLogPeriod = KoalaBear.TwoAdicity - 3;

    private readonly List<Instruction> instructions = [];
    private readonly List<int> code = [];
    private readonly List<CellType> types = [];
    private readonly List<int> readers = [];
    private readonly List<CellType> resultTypes = [];
    private readonly SortedDictionary<int, CellType> inputs = [];
    private int publicCount;
    private bool isHistory;

    public int CellCount => types.Count;

    public int PublicCount => publicCount;

    /// <summary>Number of results of the instruction appended last.</summary>
    public int LastResults => instructions.Count == 0 ? 0 : instructions[^1].Results;

    public CellType TypeOf(int address) => types[address];

    /// <summary>
    /// Appends an instruction. A result ≥ 0 (or a missing list) is a new cell; ~address must equal the cell at the address. Returns the fault, or
    /// null; the addresses of the results' cells are those given as complements or follow <see cref="CellCount"/> in order.
    /// </summary>
    public string? Append(
        Operation operation, ReadOnlySpan<int> reads, ReadOnlySpan<int> results, ReadOnlySpan<int> parameters, int mark, int name)
    {
        if (reads.Length > OperationRules.MaximumResults)
            return "too many operands";
        Span<CellType> readTypes = stackalloc CellType[OperationRules.MaximumResults];
        for (var i = 0; i < reads.Length; i++)
        {
            if ((uint)reads[i] >= (uint)types.Count)
                return "an operand is not written before";
            readTypes[i] = types[reads[i]];
        }

        resultTypes.Clear();
        if (OperationRules.Check(operation, readTypes[..reads.Length], parameters, resultTypes) is { } fault)
            return fault;
        if (!results.IsEmpty && results.Length != resultTypes.Count)
            return "the number of results is not the operation's";
        if (BindInputsAndPublics(operation, parameters) is { } boundaryFault)
            return boundaryFault;
        var free = OperationRules.HasNewResults(operation) || OperationRules.IsInput(operation) || OperationRules.IsAdvice(operation);
        var input = OperationRules.InputResult(operation, parameters.Length); // a free result is always a new cell
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] < 0 && (free || i == input || ~results[i] >= types.Count || types[~results[i]] != resultTypes[i]))
                return "a result cannot equal that cell";
        }

        instructions.Add(new(operation, code.Count, reads.Length, resultTypes.Count, parameters.Length, mark, name));
        code.AddRange(reads);
        if (!OperationRules.IsAdvice(operation))
        {
            foreach (var read in reads)
                readers[read]++;
        }

        for (var i = 0; i < resultTypes.Count; i++)
        {
            var asserted = !results.IsEmpty && results[i] < 0;
            code.Add(asserted ? results[i] : types.Count);
            if (asserted)
            {
                readers[~results[i]]++;
            }
            else
            {
                types.Add(resultTypes[i]);
                readers.Add(0);
            }
        }

        code.AddRange(parameters);
        return null;
    }

    /// <summary>Freezes the list: counts rows, writes the preprocessed tables. Null and a fault if input slots are missing.</summary>
    public (Circuit? Circuit, string? Fault) Freeze(
        ImmutableArray<SourceMark> marks, ImmutableArray<string> names, ImmutableArray<CircuitOutput> outputs, IReadOnlyDictionary<Chip, int> least)
    {
        if (inputs.Count > 0 && inputs.Keys.Last() != inputs.Count - 1)
            return (null, "input slots are not 0, 1, 2, …");
        var rows = new Dictionary<Chip, int>(ReferenceEqualityComparer.Instance);
        foreach (var chip in least.Keys.Where(chip => !chip.IsShared))
            rows.Add(chip, 0);
        foreach (var instruction in instructions)
        {
            var chip = ChipCatalog.Of(instruction.Operation);
            CollectionsMarshal.GetValueRefOrAddDefault(rows, chip, out _) += RowsOf(instruction);
        }

        var usesBytes = rows.Keys.Any(chip => chip.Reading.Interactions.Any(interaction => interaction.Bus == Bus.Byte));
        var chips = ChipCatalog.All.Where(chip => rows.ContainsKey(chip) || (usesBytes && chip == ChipCatalog.Byte)).ToImmutableArray();
        var tables = ImmutableArray.CreateBuilder<CircuitTable>(chips.Length);
        foreach (var chip in chips)
        {
            if (chip == ChipCatalog.Byte)
            {
                tables.Add(new(chip, ByteChip.LogHeight, ByteChip.Table()));
                continue;
            }

            var log = Math.Max(CircuitTable.LeastLogPeriod, least.GetValueOrDefault(chip));
            while (1 << log < rows[chip])
                log++;
            if (log > MaximumLogPeriod)
                return (null, "a table has more rows than a proof can have");
            tables.Add(new(chip, log, new Matrix(1 << log, chip.PreprocessedColumns.Length)) { UsedRows = rows[chip] });
        }

        var circuit = new Circuit(
            new(chips), tables.MoveToImmutable(), [.. instructions], [.. code], [.. types], [.. inputs.Values], publicCount, marks, names, outputs);
        WriteTables(circuit);
        return (circuit, null);
    }

    /// <summary>Rows that an instruction uses in its chip's table.</summary>
    public static int RowsOf(in Instruction instruction) => OperationRules.IsAdvice(instruction.Operation) ? instruction.Results : 1;

    private string? BindInputsAndPublics(Operation operation, ReadOnlySpan<int> parameters)
    {
        if (OperationRules.IsInput(operation) && !inputs.TryAdd(parameters[1], (CellType)parameters[0]))
            return "an input slot is written once";
        if (OperationRules.InputResult(operation, parameters.Length) >= 0 && !inputs.TryAdd(parameters[0], CellType.Block))
            return "an input slot is written once";
        if (operation == Operation.History)
        {
            if (isHistory)
                return "a circuit is one step of a history";
            isHistory = true;
        }

        if (operation == Operation.Public)
        {
            if (parameters[1] != publicCount)
                return "public values are appended in order";
            publicCount += parameters[0];
        }

        return null;
    }

    private void WriteTables(Circuit circuit)
    {
        var counts = new ReaderCounts(CollectionsMarshal.AsSpan(readers));
        var cursor = new TableCursor(circuit);
        foreach (var instruction in circuit.Instructions)
        {
            var step = new Step(instruction, circuit.Code.AsSpan(), circuit.CellTypes.AsSpan(), default);
            var chip = ChipCatalog.Of(instruction.Operation);
            var table = cursor.TableOf(instruction.Operation);
            if (chip is FreeCellsChip free)
            {
                foreach (var result in step.Results)
                    free.Preprocess(circuit.CellTypes[result], result, counts, circuit.Tables[table].Preprocessed.Row(cursor.Next(table)));
            }
            else
            {
                chip.Preprocess(step, counts, circuit.Tables[table].Preprocessed.Row(cursor.Next(table)));
            }
        }
    }
}

/// <summary>The table of each operation and the next free row of each table: rows are taken in the order of the instructions.</summary>
internal readonly struct TableCursor
{
    private readonly int[] tables = new int[byte.MaxValue + 1];
    private readonly int[] next;

    public TableCursor(Circuit circuit)
    {
        next = new int[circuit.Tables.Length];
        foreach (var operation in Enum.GetValues<Operation>())
            tables[(int)operation] = circuit.TableOf(ChipCatalog.Of(operation));
    }

    public int TableOf(Operation operation) => tables[(int)operation];

    public int Next(int table) => next[table]++;
}
