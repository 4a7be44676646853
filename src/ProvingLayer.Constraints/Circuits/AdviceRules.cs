using System.Numerics;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Circuits;

/// <summary>What each kind of advice takes, gives and computes.</summary>
internal static class AdviceRules
{
    private const int WordBits = Cells.Limbs * Cells.LimbBits;

    /// <summary>Checks an advice: parameters are the kind, the number of its own parameters, these, then the results' types.</summary>
    public static string? Check(ReadOnlySpan<CellType> reads, ReadOnlySpan<int> parameters, List<CellType> results)
    {
        if (parameters.Length < 2 || parameters[1] < 0 || parameters[1] > parameters.Length - 2)
            return "an advice has a kind, its own parameters and types of results";
        var own = parameters.Slice(2, parameters[1]);
        var types = parameters[(2 + own.Length)..];
        if (types.Length is 0 or > OperationRules.MaximumResults)
            return "an advice has 1 to 64 results";
        foreach (var type in types)
        {
            if (!OperationRules.IsType(type))
                return "an advice gives values, blocks or words";
            results.Add((CellType)type);
        }

        return Fits((AdviceKind)parameters[0], reads, own, types) ? null : "the advice does not take these operands or give these results";
    }

    private static bool Fits(AdviceKind kind, ReadOnlySpan<CellType> reads, ReadOnlySpan<int> own, ReadOnlySpan<int> results) => kind switch
    {
        AdviceKind.DivRem => own.Length == 2
            && own[0] is >= 1 and <= OperationRules.MaximumWords
            && own[1] is >= 1 and <= OperationRules.MaximumWords
            && reads.Length > own[0] && reads.Length <= own[0] + OperationRules.MaximumWords
            && OperationRules.AreAll(reads, CellType.Word, reads.Length)
            && AreAll(results, CellType.Word, own[1] + reads.Length - own[0]),
        AdviceKind.FloorDivRem => !reads.IsEmpty && reads[^1] == CellType.Value && Fits(AdviceKind.DivRem, reads[..^1], own, results),
        AdviceKind.InverseOrZero => own.Length == 0
            && OperationRules.AreAll(reads, CellType.Value, 1) && AreAll(results, CellType.Value, 1),
        AdviceKind.Split => own.Length == 1 && own[0] is >= 1 and < Cells.Limbs
            && OperationRules.AreAll(reads, CellType.Word, 1) && AreAll(results, CellType.Word, 2),
        AdviceKind.Limb => own.Length == 1 && own[0] is >= 0 and < Cells.Limbs
            && OperationRules.AreAll(reads, CellType.Word, 1) && AreAll(results, CellType.Value, 1),
        AdviceKind.ShiftRight => own.Length == 1 && own[0] is >= 0 and < 128
            && OperationRules.AreAll(reads, CellType.Word, 1) && AreAll(results, CellType.Word, 2),
        _ => false,
    };

    /// <summary>Computes an advice into the cells of its results.</summary>
    public static void Compute(in Step step)
    {
        var own = step.Parameters.Slice(2, step.Parameters[1]);
        switch ((AdviceKind)step.Parameters[0])
        {
            case AdviceKind.DivRem:
                DivRem(step, own[0], own[1], step.Reads.Length - own[0], isNegative: false);
                break;
            case AdviceKind.FloorDivRem:
                DivRem(step, own[0], own[1], step.Reads.Length - own[0] - 1, isNegative: step.Read(step.Reads.Length - 1)[0] == KoalaBear.One);
                break;
            case AdviceKind.InverseOrZero:
                new Extension5(step.Read(0)[..Extension5.Degree]).TryInverse(out var inverse); // zero for zero
                inverse.CopyTo(step.Result(0));
                break;
            case AdviceKind.Split:
                step.Result(0).Clear();
                step.Result(1).Clear();
                step.Read(0)[..own[0]].CopyTo(step.Result(0));
                step.Read(0)[own[0]..].CopyTo(step.Result(1));
                break;
            case AdviceKind.Limb:
                step.Result(0).Clear();
                step.Result(0)[0] = step.Read(0)[own[0]];
                break;
            case AdviceKind.ShiftRight:
                var word = Words.ToUInt128(step.Read(0));
                Words.Write(word >> own[0], step.Result(0));
                Words.Write(word & ((UInt128.One << own[0]) - 1), step.Result(1));
                break;
            default:
                throw new InvalidOperationException("compiler bug: unknown advice");
        }
    }

    private static void DivRem(in Step step, int numeratorWords, int quotientWords, int denominatorWords, bool isNegative)
    {
        var numerator = Join(step, 0, numeratorWords) - (isNegative ? BigInteger.One << (WordBits * numeratorWords) : BigInteger.Zero);
        var denominator = Join(step, numeratorWords, denominatorWords);
        var (quotient, remainder) = denominator.IsZero ? (BigInteger.Zero, numerator) : BigInteger.DivRem(numerator, denominator);
        if (remainder.Sign < 0 && !denominator.IsZero)
            (quotient, remainder) = (quotient - 1, remainder + denominator); // the floor
        Spread(quotient, step, 0, quotientWords);
        Spread(remainder, step, quotientWords, denominatorWords);
    }

    private static BigInteger Join(in Step step, int first, int count)
    {
        Span<byte> bytes = stackalloc byte[OperationRules.MaximumWords * 2 * Cells.Limbs];
        for (var i = 0; i < count; i++)
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(bytes[(16 * i)..], Words.ToUInt128(step.Read(first + i)));
        return new BigInteger(bytes[..(16 * count)], isUnsigned: true);
    }

    // The lowest words of the integer, a negative one in two's complement.
    private static void Spread(BigInteger value, in Step step, int first, int count)
    {
        for (var i = 0; i < count; i++)
            Words.Write((UInt128)((value >> (WordBits * i)) & UInt128.MaxValue), step.Result(first + i));
    }

    private static bool AreAll(ReadOnlySpan<int> types, CellType type, int count) =>
        types.Length == count && types.IndexOfAnyExcept((int)type) < 0;
}
