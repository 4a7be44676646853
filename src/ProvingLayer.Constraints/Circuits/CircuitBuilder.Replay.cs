using System.Collections.Immutable;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Circuits;

public sealed partial class CircuitBuilder
{
    /// <summary>
    /// Writes all that another circuit does, into a builder that is still empty: the same cells at the same addresses, names, marks and outputs. Only
    /// its public values are left out; the cells that held them are returned in their order, for the caller to do something else with.
    /// </summary>
    internal ImmutableArray<Cell> Replay(Circuit circuit)
    {
        if (list.CellCount > 0)
            throw new InvalidOperationException("compiler bug: a circuit is replayed behind other instructions");
        names.Clear();
        names.AddRange(circuit.Names);
        marks.Clear();
        marks.AddRange(circuit.Marks);
        for (var i = 0; i < names.Count; i++)
            nameNumbers.TryAdd(names[i], i);
        for (var i = 0; i < marks.Count; i++)
            markNumbers.TryAdd(marks[i], i);
        var publics = ImmutableArray.CreateBuilder<Cell>();
        Span<int> bindings = stackalloc int[OperationRules.MaximumResults];
        foreach (var instruction in circuit.Instructions)
        {
            var step = new Step(instruction, circuit.Code.AsSpan(), circuit.CellTypes.AsSpan(), default);
            if (instruction.Operation == Operation.Public)
            {
                publics.Add(new(step.Reads[0], circuit.CellTypes[step.Reads[0]]));
                continue;
            }

            // As the reader of the binary form: a result is a new cell, whose address follows, or the complement of one that it must equal.
            for (var i = 0; i < step.Results.Length; i++)
                bindings[i] = Math.Min(step.Results[i], 0);
            if (list.Append(instruction.Operation, step.Reads, bindings[..step.Results.Length], step.Parameters, instruction.Mark, instruction.Name) is { } fault)
                throw new InvalidOperationException($"compiler bug: {instruction.Operation} cannot be replayed: {fault}");
            if (instruction.Operation == Operation.Constant)
                Remember(new(step.Results[0], circuit.CellTypes[step.Results[0]]), step.Parameters[1..]);
        }

        foreach (var output in circuit.Outputs)
            outputs.Add(output);
        return publics.ToImmutable();
    }

    /// <summary>Constants stay one cell each.</summary>
    private void Remember(Cell cell, ReadOnlySpan<int> limbs)
    {
        Span<KoalaBear> elements = stackalloc KoalaBear[Cells.Limbs];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = KoalaBear.FromCanonical((uint)limbs[i]);
        switch (cell.Type)
        {
            case CellType.Block:
                blockConstants.TryAdd(new(elements), cell);
                break;
            case CellType.Word:
                wordConstants.TryAdd(Words.ToUInt128(elements), cell);
                break;
        }
    }
}
