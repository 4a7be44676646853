using System.Collections.Immutable;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// Main columns that hold the bits of words of 16 bits a limb. An exclusive or is a product of signs 1 − 2b, so that of n bits has degree n. A limb that is a sum of sixteen booleans
/// with weights 2^i is below 2^16: what a chip writes so is a word without a look-up.
/// </summary>
internal static class BitColumns
{
    /// <summary>2^16 − 1, the sum of the weights of a limb.</summary>
    public const uint Ones = (1u << Cells.LimbBits) - 1;

    public static IEnumerable<string> Names(string word, int count) => Enumerable.Range(0, count).Select(i => $"{word} bit {i}");

    /// <summary>1 − 2b.</summary>
    public static T Sign<T, TBuilder>(ref TBuilder builder, int column)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct
    {
        var bit = builder.Main(column);
        return T.One - (bit + bit);
    }

    /// <summary>The limb or boolean whose sign, or sum of signs with weights, this is: (<paramref name="ones"/> − sum) / 2, ones the sum of the weights.</summary>
    public static T OfSigns<T>(T sum, uint ones)
        where T : struct, IRing<T> => T.Scale(T.FromBase(KoalaBear.FromCanonical(ones)) - sum, KoalaBear.Half);

    /// <summary>Σ 2^i·column i of consecutive columns.</summary>
    public static T Sum<T, TBuilder>(ref TBuilder builder, int first, int count)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct
    {
        var sum = builder.Main(first + count - 1);
        for (var i = count - 2; i >= 0; i--)
            sum = sum + sum + builder.Main(first + i);
        return sum;
    }

    public static T Limb<T, TBuilder>(ref TBuilder builder, int first)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct => Sum<T, TBuilder>(ref builder, first, Cells.LimbBits);

    public static void AssertBooleans<T, TBuilder>(ref TBuilder builder, int first, int count, ImmutableArray<string> names, int firstName)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct
    {
        for (var i = 0; i < count; i++)
            CellMessages.AssertBoolean<T, TBuilder>(ref builder, builder.Main(first + i), names[firstName + i]);
    }

    /// <summary>The bits of an integer, lowest first.</summary>
    public static void Fill(ulong value, Span<KoalaBear> columns)
    {
        for (var i = 0; i < columns.Length; i++)
            columns[i] = (value >> i & 1) == 0 ? KoalaBear.Zero : KoalaBear.One;
    }

    /// <summary>The integer that columns hold the bits of.</summary>
    public static ulong Read(ReadOnlySpan<KoalaBear> columns)
    {
        var value = 0ul;
        for (var i = columns.Length - 1; i >= 0; i--)
            value = (value << 1) | (columns[i].Canonical & 1);
        return value;
    }
}
