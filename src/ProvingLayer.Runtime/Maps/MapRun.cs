using System.Collections.Immutable;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Runtime.Maps;

/// <summary>
/// One run of a transition that opens maps: gives the circuit the witness of each key when the run has computed it, and follows the writes. It ends where a leaf is not known
/// yet; whoever runs it finds that out, and runs again.
/// </summary>
internal sealed class MapRun(AbiFunction function, Circuit circuit, CellValue[] slots, IReadOnlyDictionary<string, OpenedMap> maps) : ILateInputs
{
    private readonly Dictionary<int, int> stepOfSlot = SlotsOf(function);
    private readonly Dictionary<int, ImmutableArray<Scalar>> keys = [];
    private readonly Dictionary<string, Scalar> values = new(StringComparer.Ordinal);
    private int next;

    /// <summary>The leaf that is not known.</summary>
    public (string Map, UInt128 Index)? Missing { get; private set; }

    /// <summary>The inputs that were found, by path.</summary>
    public IReadOnlyDictionary<string, Scalar> Values => values;

    /// <inheritdoc/>
    public bool TryProvide(int slot, Func<Cell, CellValue> valueOf)
    {
        if (!stepOfSlot.TryGetValue(slot, out var step))
        {
            return true;
        }

        while (next <= step)
        {
            if (!TryTake(function.MapSteps[next], output => [.. circuit.Outputs[output].Cells.Select(valueOf)]))
            {
                return false;
            }

            next++;
        }

        return true;
    }

    /// <summary>Follows the writes after the last key that was opened.</summary>
    public void Finish(ImmutableArray<OutputValue> outputs)
    {
        for (; next < function.MapSteps.Length; next++)
        {
            if (function.MapSteps[next].Opens)
            {
                throw new InvalidOperationException($"compiler bug: {function.Name} opened {function.MapSteps[next].Map} and did not read what it asked for");
            }

            TryTake(function.MapSteps[next], output => outputs[output].Values);
        }
    }

    private bool TryTake(AbiMapStep step, Func<int, ImmutableArray<CellValue>> cellsOf)
    {
        var map = maps[step.Map];
        var scalars = Enumerable.Range(step.Output, step.OutputCount).Select(i => AbiCells.Read(function.Outputs[i], cellsOf(i))).ToImmutableArray();
        if (!step.Opens)
        {
            var key = keys[step.Opening];
            var entry = step.Kind == AbiMapStepKind.Put ? map.Shape.Entry(key, scalars[1..^1]) : (MapEntry?)null;
            map.Write(scalars[0].Digest, map.Shape.IndexOf(key), entry, scalars[^1].Digest);
            return true;
        }

        var wanted = scalars[1..];
        var index = map.Shape.IndexOf(wanted);
        if (!map.Knows(index))
        {
            Missing = (step.Map, index);
            return false;
        }

        keys[step.Opening] = wanted;
        var (found, siblings) = map.Open(scalars[0].Digest, index);
        var isThere = found is { } other && map.Shape.KeyOf(other).SequenceEqual(wanted);
        var held = isThere ? map.Shape.ValueOf(found!.Value) : [];
        if (step.Kind == AbiMapStepKind.Find)
        {
            held = [Scalar.Of(isThere), .. isThere ? held : map.Shape.Value.Select(layout => Scalar.Zero(layout.Kind))];
        }

        var count = step.InputCount - siblings.Length;
        for (var i = 0; i < step.InputCount; i++)
        {
            var input = function.Inputs[step.Input + i];
            // Where the key is not there, something must stand for its value; the circuit's own check says so, if the text is reached.
            Put(input, i >= count ? Scalar.Of(siblings[i - count]) : held.IsEmpty ? WitnessInput.Harmless(input.Type) : held[i]);
        }

        return true;
    }

    private void Put(AbiInput input, Scalar value)
    {
        AbiCells.Write(input, value, slots);
        values[input.Name] = value;
    }

    private static Dictionary<int, int> SlotsOf(AbiFunction function)
    {
        var slots = new Dictionary<int, int>();
        for (var step = 0; step < function.MapSteps.Length; step++)
        {
            foreach (var input in function.Inputs.AsSpan(function.MapSteps[step].Input, function.MapSteps[step].InputCount))
            {
                for (var i = 0; i < input.SlotCount; i++)
                {
                    slots.Add(input.Slot + i, step);
                }
            }
        }

        return slots;
    }
}
