using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Chips;

/// <summary>Elements of the extension as five values of a reader's ring each.</summary>
internal static class ExtensionColumns
{
    /// <summary>left·right in the basis 1, X, …, X⁴: (Σ aᵢXⁱ)(Σ bⱼXʲ) = Σ sₖXᵏ with X⁵ = 1 − X², X⁶ = X − X³, X⁷ = X² − X⁴, X⁸ = X³ + X² − 1.</summary>
    public static Limbs<T> Multiply<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : struct, IRing<T>
    {
        var s = default(Products<T>);
        for (var i = 0; i < Extension5.Degree; i++)
        {
            for (var j = 0; j < Extension5.Degree; j++)
            {
                var product = left[i] * right[j];
                s[i + j] = i == 0 || j == Extension5.Degree - 1 ? product : s[i + j] + product;
            }
        }

        var result = default(Limbs<T>);
        result[0] = s[0] + s[5] - s[8];
        result[1] = s[1] + s[6];
        result[2] = s[2] - s[5] + s[7] + s[8];
        result[3] = s[3] - s[6] + s[8];
        result[4] = s[4] - s[7];
        return result;
    }

    /// <summary>The element whose limbs are consecutive main columns.</summary>
    public static Limbs<T> Main<T, TBuilder>(ref TBuilder builder, int firstColumn)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct
    {
        var limbs = default(Limbs<T>);
        for (var i = 0; i < Extension5.Degree; i++)
            limbs[i] = builder.Main(firstColumn + i);
        return limbs;
    }

    /// <summary>Column names of one element.</summary>
    public static IEnumerable<string> Names(string element) => Enumerable.Range(0, Extension5.Degree).Select(limb => $"{element} {limb}");

    [System.Runtime.CompilerServices.InlineArray(Extension5.Degree)]
    internal struct Limbs<T>
    {
        private T first;
    }

    [System.Runtime.CompilerServices.InlineArray((2 * Extension5.Degree) - 1)]
    private struct Products<T>
    {
        private T first;
    }
}
