using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Execution;

/// <summary>A run of one instance, which may be stopped in between and gone on with. Runs of different numbers may go on at the same time.</summary>
public sealed class CircuitRun
{
    private static readonly OperationChip?[] ChipOf = ChipsByOperation();

    private readonly Circuit circuit;
    private readonly ILateInputs? late;
    private readonly IFaultInjector? faults;
    private readonly bool keepGoing;
    private readonly KoalaBear[] cells;
    private readonly Matrix[] main;
    private readonly KoalaBear[] results = new KoalaBear[OperationRules.MaximumResults * Cells.Limbs];
    private readonly uint[] byteCounts = new uint[ByteChip.Values];
    private readonly TableCursor cursor;
    private readonly KoalaBear[] publicValues;
    private readonly List<ExecutionFailure> failures = [];
    private int next; // the instruction

    internal CircuitRun(Circuit circuit, ILateInputs? late, IFaultInjector? faults, bool keepGoing)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        (this.circuit, this.late, this.faults, this.keepGoing) = (circuit, late, faults, keepGoing);
        cells = new KoalaBear[circuit.CellCount * Cells.Limbs];
        main = [.. circuit.Tables.Select(table => new Matrix(table.Period, table.Chip.MainColumns.Length))];
        cursor = new(circuit);
        publicValues = new KoalaBear[circuit.IsHistory ? HistoryBoundary.Elements : circuit.PublicCount];
    }

    /// <summary>Runs the instructions before one of them, and stops there: what they do depends on none of the inputs that later ones read.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="inputs">One value for each input slot, of its type; those that are not read yet may be any.</param>
    /// <param name="before">The number of the first instruction that is not run.</param>
    /// <exception cref="ArgumentException">The inputs are not as many or not of the types that the circuit has.</exception>
    public static CircuitRun Start(Circuit circuit, ReadOnlySpan<CellValue> inputs, int before)
    {
        var run = new CircuitRun(circuit, null, null, keepGoing: false);
        run.Advance(inputs, before);
        return run;
    }

    /// <summary>The first instruction that does not hold; null as long as all did.</summary>
    public ExecutionFailure? Failure => failures.Count > 0 ? failures[0] : null;

    /// <summary>The named outputs; those whose cells are not written yet are zero.</summary>
    public ImmutableArray<OutputValue> Outputs() =>
        [.. circuit.Outputs.Select(output => new OutputValue(output.Name, [.. output.Cells.Select(ValueOf)]))];

    /// <summary>Runs what is left.</summary>
    /// <param name="inputs">As at the start, but for those that are read only now.</param>
    /// <returns>The whole run.</returns>
    /// <exception cref="ArgumentException">The inputs are not as many or not of the types that the circuit has.</exception>
    public ExecutionResult Finish(ReadOnlySpan<CellValue> inputs)
    {
        if (!Advance(inputs, circuit.Instructions.Length))
            return new(null, [.. failures], []);
        Complete();
        CountBytes();
        return new(new([.. main], [.. publicValues], 0), [.. failures], Outputs());
    }

    /// <summary>Runs instructions up to one; false if one did not hold, or an input was not to be had, and ended the run.</summary>
    private bool Advance(ReadOnlySpan<CellValue> inputs, int end)
    {
        if (inputs.Length != circuit.InputCount)
            throw new ArgumentException($"The circuit has {circuit.InputCount} inputs, not {inputs.Length}.", nameof(inputs));
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Type != circuit.InputTypes[i])
                throw new ArgumentException($"Input {i} is a {circuit.InputTypes[i]}, not a {inputs[i].Type}.", nameof(inputs));
        }

        if (failures.Count > 0 && !keepGoing)
            return false;
        var instructions = circuit.Instructions.AsSpan();
        var code = circuit.Code.AsSpan();
        var types = circuit.CellTypes.AsSpan();
        for (; next < end; next++)
        {
            var step = new Step(instructions[next], code, types, cells);
            switch (step.Instruction.Operation)
            {
                case Operation.Input or Operation.Witness:
                    if (late?.TryProvide(step.Parameters[1], ValueOf) == false)
                        return false;
                    inputs[step.Parameters[1]].Limbs.CopyTo(step.Result(0));
                    WriteFreeCells(next, step);
                    break;
                case Operation.Advise or Operation.AdviseWitness:
                    AdviceRules.Compute(step);
                    WriteFreeCells(next, step);
                    break;
                default:
                    if (OperationRules.InputResult(step.Instruction.Operation, step.Parameters.Length) is >= 0 and var input)
                    {
                        if (late?.TryProvide(step.Parameters[0], ValueOf) == false)
                            return false;
                        inputs[step.Parameters[0]].Limbs.CopyTo(step.Result(input));
                    }

                    if (!Carry(next, step) && !keepGoing)
                        return false;
                    break;
            }
        }

        return true;
    }

    private bool Carry(int number, in Step step)
    {
        var chip = ChipOf[(int)step.Instruction.Operation]!;
        var expectation = chip.Compute(step, results);
        for (var i = 0; i < step.Results.Length; i++)
        {
            var value = results.AsSpan(i * Cells.Limbs, Cells.Limbs);
            var cell = step.Result(i);
            if (step.Results[i] >= 0)
            {
                value.CopyTo(cell);
                faults?.AfterWrite(number, new(step.Results[i], circuit.CellTypes[step.Results[i]]), cell);
            }
            else if (!cell.SequenceEqual(value))
            {
                expectation ??= Difference(circuit.CellTypes[~step.Results[i]], value, cell);
            }
        }

        if (step.Instruction.Operation == Operation.Public)
            step.Read(0)[..step.Parameters[0]].CopyTo(publicValues.AsSpan(step.Parameters[1]));
        if (step.Instruction.Operation == Operation.History)
            new HistoryBoundary(new(step.Read(0)), new(step.Read(1)), 1).ToPublicValues().CopyTo(publicValues, 0); // a history by itself
        var table = cursor.TableOf(step.Instruction.Operation);
        chip.Fill(step, main[table].Row(cursor.Next(table)), byteCounts);
        results.AsSpan(0, step.Results.Length * Cells.Limbs).Clear();
        if (expectation is null)
            return true;
        failures.Add(FailureOf(number, step, expectation));
        return false;
    }

    private void WriteFreeCells(int number, in Step step)
    {
        var table = cursor.TableOf(step.Instruction.Operation);
        var chip = (FreeCellsChip)ChipOf[(int)step.Instruction.Operation]!;
        for (var i = 0; i < step.Results.Length; i++)
        {
            var type = circuit.CellTypes[step.Results[i]];
            faults?.AfterWrite(number, new(step.Results[i], type), step.Result(i));
            chip.Fill(type, step.Result(i), main[table].Row(cursor.Next(table)), byteCounts);
        }
    }

    private void Complete()
    {
        for (var table = 0; table < main.Length; table++)
        {
            if (circuit.Tables[table].Chip is not OperationChip chip)
                continue;
            chip.Complete(main[table]);
            var row = chip.PaddingRow();
            if (row.IsEmpty)
                continue;
            for (var i = circuit.Tables[table].UsedRows; i < main[table].Height; i++)
                row.CopyTo(main[table].Row(i));
        }
    }

    private void CountBytes()
    {
        var table = circuit.TableOf(ChipCatalog.Byte);
        if (table < 0)
            return;
        for (var value = 0; value < byteCounts.Length; value++)
        {
            var (row, column) = ByteChip.Place(value);
            main[table][row, column] = KoalaBear.FromCanonical(byteCounts[value]);
        }
    }

    private CellValue ValueOf(Cell cell) => CellValue.Of(cell.Type, cells.AsSpan(cell.Address * Cells.Limbs, Cells.Limbs));

    private ExecutionFailure FailureOf(int number, in Step step, string expectation)
    {
        var operands = ImmutableArray.CreateBuilder<CellValue>(step.Reads.Length);
        foreach (var read in step.Reads)
            operands.Add(ValueOf(new(read, circuit.CellTypes[read])));
        var instruction = step.Instruction;
        return new(
            number, instruction.Operation, circuit.Names[instruction.Name], expectation, circuit.Marks[instruction.Mark],
            operands.MoveToImmutable());
    }

    private static string Difference(CellType type, ReadOnlySpan<KoalaBear> computed, ReadOnlySpan<KoalaBear> expected) =>
        $"{CellValue.Of(type, computed)} is not {CellValue.Of(type, expected)}";

    private static OperationChip?[] ChipsByOperation()
    {
        var chips = new OperationChip?[byte.MaxValue + 1];
        foreach (var operation in Enum.GetValues<Operation>())
            chips[(int)operation] = ChipCatalog.Of(operation);
        return chips;
    }
}
