using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Execution;

/// <summary>
/// Runs a circuit's instructions in order: computes every cell and writes the row of every table. An instruction computes its results; a new
/// cell takes its value, a cell written before is compared with it; then the row is written from the values of the cells.
/// </summary>
public static class CircuitExecutor
{
    /// <summary>Runs one instance.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="inputs">One value for each input slot, of its type.</param>
    /// <param name="faults">Lies to tell; none if null.</param>
    /// <param name="keepGoing">Whether to go on after an instruction that does not hold, as a cheating prover would.</param>
    /// <exception cref="ArgumentException">The inputs are not as many or not of the types that the circuit has.</exception>
    public static ExecutionResult Run(
        Circuit circuit, ReadOnlySpan<CellValue> inputs, IFaultInjector? faults = null, bool keepGoing = false) => Run(circuit, inputs, null, faults, keepGoing);

    /// <summary>Runs one instance whose inputs are not all known at the start.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="inputs">One value for each input slot, of its type; those that are not known yet are put here as the run comes to them.</param>
    /// <param name="late">Who puts them there.</param>
    /// <returns>The run; one that ended because an input is not to be had has no trace and no failure.</returns>
    public static ExecutionResult Run(Circuit circuit, Memory<CellValue> inputs, ILateInputs late) => Run(circuit, inputs.Span, late, null, false);

    private static ExecutionResult Run(Circuit circuit, ReadOnlySpan<CellValue> inputs, ILateInputs? late, IFaultInjector? faults, bool keepGoing)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        if (inputs.Length != circuit.InputCount)
            throw new ArgumentException($"The circuit has {circuit.InputCount} inputs, not {inputs.Length}.", nameof(inputs));
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Type != circuit.InputTypes[i])
                throw new ArgumentException($"Input {i} is a {circuit.InputTypes[i]}, not a {inputs[i].Type}.", nameof(inputs));
        }

        return new Session(circuit, late, faults, keepGoing).Execute(inputs);
    }

    private sealed class Session(Circuit circuit, ILateInputs? late, IFaultInjector? faults, bool keepGoing)
    {
        private readonly KoalaBear[] cells = new KoalaBear[circuit.CellCount * Cells.Limbs];
        private readonly Matrix[] main = [.. circuit.Tables.Select(table => new Matrix(table.Period, table.Chip.MainColumns.Length))];
        private readonly KoalaBear[] results = new KoalaBear[OperationRules.MaximumResults * Cells.Limbs];
        private readonly uint[] byteCounts = new uint[1 << ByteChip.LogHeight];
        private readonly TableCursor cursor = new(circuit);
        private readonly OperationChip?[] chips = ChipsByOperation();
        private readonly KoalaBear[] publicValues = new KoalaBear[circuit.IsHistory ? HistoryBoundary.Elements : circuit.PublicCount];
        private readonly List<ExecutionFailure> failures = [];

        public ExecutionResult Execute(ReadOnlySpan<CellValue> inputs)
        {
            var instructions = circuit.Instructions.AsSpan();
            var code = circuit.Code.AsSpan();
            var types = circuit.CellTypes.AsSpan();
            for (var i = 0; i < instructions.Length; i++)
            {
                var step = new Step(instructions[i], code, types, cells);
                switch (step.Instruction.Operation)
                {
                    case Operation.Input or Operation.Witness:
                        if (late?.TryProvide(step.Parameters[1], ValueOf) == false)
                            return new(null, [], []);
                        inputs[step.Parameters[1]].Limbs.CopyTo(step.Result(0));
                        WriteFreeCells(i, step);
                        break;
                    case Operation.Advise or Operation.AdviseWitness:
                        AdviceRules.Compute(step);
                        WriteFreeCells(i, step);
                        break;
                    default:
                        if (OperationRules.InputResult(step.Instruction.Operation, step.Parameters.Length) is >= 0 and var input)
                        {
                            if (late?.TryProvide(step.Parameters[0], ValueOf) == false)
                                return new(null, [], []);
                            inputs[step.Parameters[0]].Limbs.CopyTo(step.Result(input));
                        }

                        if (!Carry(i, step) && !keepGoing)
                            return new(null, [.. failures], []);
                        break;
                }
            }

            Pad();
            CountBytes();
            return new(new([.. main], [.. publicValues], 0), [.. failures], Outputs());
        }

        private bool Carry(int number, in Step step)
        {
            var chip = chips[(int)step.Instruction.Operation]!;
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
            failures.Add(Failure(number, step, expectation));
            return false;
        }

        private void WriteFreeCells(int number, in Step step)
        {
            var table = cursor.TableOf(step.Instruction.Operation);
            var chip = (FreeCellsChip)chips[(int)step.Instruction.Operation]!;
            for (var i = 0; i < step.Results.Length; i++)
            {
                var type = circuit.CellTypes[step.Results[i]];
                faults?.AfterWrite(number, new(step.Results[i], type), step.Result(i));
                chip.Fill(type, step.Result(i), main[table].Row(cursor.Next(table)), byteCounts);
            }
        }

        private void Pad()
        {
            for (var table = 0; table < main.Length; table++)
            {
                if (circuit.Tables[table].Chip is not OperationChip chip)
                    continue;
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
                main[table][value, 0] = KoalaBear.FromCanonical(byteCounts[value]);
        }

        private ImmutableArray<OutputValue> Outputs() =>
            [.. circuit.Outputs.Select(output => new OutputValue(output.Name, [.. output.Cells.Select(ValueOf)]))];

        private CellValue ValueOf(Cell cell) => CellValue.Of(cell.Type, cells.AsSpan(cell.Address * Cells.Limbs, Cells.Limbs));

        private ExecutionFailure Failure(int number, in Step step, string expectation)
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
}
