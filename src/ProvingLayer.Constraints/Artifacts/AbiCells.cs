using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Gadgets;

namespace ProvingLayer.Constraints.Artifacts;

/// <summary>Scalars as the cells of a circuit: how inputs are given to the executor and outputs read from it.</summary>
public static class AbiCells
{
    /// <summary>The input slots a scalar takes.</summary>
    public static int SlotCount(AbiScalar type) => type.Kind == ScalarKind.Integer ? type.Interval.InputWords() : 1;

    /// <summary>
    /// Writes an input's value into its slots of the circuit's input vector. An integer outside the input's interval is for the circuit to refuse:
    /// its words are those of its two's complement, cut at the number of slots.
    /// </summary>
    public static void Write(AbiInput input, Scalar value, Span<CellValue> slots)
    {
        if (value.Kind != input.Type.Kind)
        {
            throw new ArgumentException($"{value} is no {input.Type.Kind} for {input.Name}", nameof(value));
        }

        switch (value.Kind)
        {
            case ScalarKind.Integer:
                for (var i = 0; i < input.SlotCount; i++)
                {
                    var word = (value.Number >> (WordIntervals.WordBits * i)) & UInt128.MaxValue;
                    slots[input.Slot + i] = CellValue.Word((UInt128)word);
                }

                break;
            case ScalarKind.Boolean:
                slots[input.Slot] = CellValue.Boolean(value.IsTrue);
                break;
            default:
                slots[input.Slot] = CellValue.Block(value.Digest);
                break;
        }
    }

    /// <summary>The scalar that an output's cells hold.</summary>
    public static Scalar Read(AbiOutput output, ImmutableArray<CellValue> cells)
    {
        switch (output.Type.Kind)
        {
            case ScalarKind.Integer:
                var words = output.HasSign ? cells.Length - 1 : cells.Length;
                var number = BigInteger.Zero;
                for (var i = words - 1; i >= 0; i--)
                {
                    number = (number << WordIntervals.WordBits) + cells[i].ToUInt128();
                }

                var negative = output.HasSign && !cells[^1].Limbs[0].IsZero;
                return Scalar.Of(negative ? number - (BigInteger.One << (WordIntervals.WordBits * words)) : number);
            case ScalarKind.Boolean:
                return Scalar.Of(!cells[0].Limbs[0].IsZero);
            default:
                return Scalar.Of(cells[0].ToDigest());
        }
    }

    internal static CellType TypeOf(ScalarKind kind) => kind switch
    {
        ScalarKind.Integer => CellType.Word,
        ScalarKind.Boolean => CellType.Value,
        _ => CellType.Block,
    };

    internal static bool Fits(AbiOutput output, ImmutableArray<Cell> cells)
    {
        var own = output.HasSign ? cells.Length - 1 : cells.Length;
        return own >= 1
            && (!output.HasSign || (output.Type.Kind == ScalarKind.Integer && cells[^1].Type == CellType.Value))
            && (own == 1 || output.Type.Kind == ScalarKind.Integer)
            && cells.Take(own).All(c => c.Type == TypeOf(output.Type.Kind));
    }
}
