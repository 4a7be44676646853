using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProvingLayer.Algebra;

/// <summary>Sixteen elements of <see cref="Extension5"/> that are computed side by side: a packed vector for each coordinate.</summary>
public readonly struct PackedExtension5 : IPackedRing<PackedExtension5, Extension5>
{
    private readonly PackedKoalaBear c0;
    private readonly PackedKoalaBear c1;
    private readonly PackedKoalaBear c2;
    private readonly PackedKoalaBear c3;
    private readonly PackedKoalaBear c4;

    /// <summary>The elements whose coordinates of 1, X, X², X³, X⁴ these are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PackedExtension5(PackedKoalaBear c0, PackedKoalaBear c1, PackedKoalaBear c2, PackedKoalaBear c3, PackedKoalaBear c4)
    {
        this.c0 = c0;
        this.c1 = c1;
        this.c2 = c2;
        this.c3 = c3;
        this.c4 = c4;
    }

    /// <inheritdoc/>
    public static PackedExtension5 Zero => default;

    /// <inheritdoc/>
    public static PackedExtension5 One => FromBase(KoalaBear.One);

    /// <summary>The element of a lane, 0 … 15.</summary>
    public Extension5 this[int lane] => new(c0[lane], c1[lane], c2[lane], c3[lane], c4[lane]);

    /// <inheritdoc/>
    public static PackedExtension5 FromBase(KoalaBear value) => PackedKoalaBear.FromBase(value);

    /// <summary>The same element in all lanes.</summary>
    public static PackedExtension5 Broadcast(Extension5 value) => new(
        PackedKoalaBear.FromBase(value[0]),
        PackedKoalaBear.FromBase(value[1]),
        PackedKoalaBear.FromBase(value[2]),
        PackedKoalaBear.FromBase(value[3]),
        PackedKoalaBear.FromBase(value[4]));

    /// <summary>The first sixteen elements of a span.</summary>
    public static PackedExtension5 Load(ReadOnlySpan<Extension5> elements)
    {
        Span<PackedKoalaBear> c = stackalloc PackedKoalaBear[Extension5.Degree];
        PackedKoalaBear.LoadTransposed(MemoryMarshal.Cast<Extension5, KoalaBear>(elements), Extension5.Degree, c);
        return new(c[0], c[1], c[2], c[3], c[4]);
    }

    /// <summary>Base elements are elements of the extension.</summary>
    public static implicit operator PackedExtension5(PackedKoalaBear value) => new(value, default, default, default, default);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PackedExtension5 operator +(PackedExtension5 left, PackedExtension5 right) =>
        new(left.c0 + right.c0, left.c1 + right.c1, left.c2 + right.c2, left.c3 + right.c3, left.c4 + right.c4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PackedExtension5 operator -(PackedExtension5 left, PackedExtension5 right) =>
        new(left.c0 - right.c0, left.c1 - right.c1, left.c2 - right.c2, left.c3 - right.c3, left.c4 - right.c4);

    /// <inheritdoc/>
    public static PackedExtension5 operator -(PackedExtension5 value) => new(-value.c0, -value.c1, -value.c2, -value.c3, -value.c4);

    /// <summary>Sum with base elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PackedExtension5 operator +(PackedExtension5 left, PackedKoalaBear right) =>
        new(left.c0 + right, left.c1, left.c2, left.c3, left.c4);

    /// <summary>Difference with base elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PackedExtension5 operator -(PackedExtension5 left, PackedKoalaBear right) =>
        new(left.c0 - right, left.c1, left.c2, left.c3, left.c4);

    /// <summary>Product with base elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PackedExtension5 operator *(PackedExtension5 left, PackedKoalaBear right) =>
        new(left.c0 * right, left.c1 * right, left.c2 * right, left.c3 * right, left.c4 * right);

    /// <summary>Product with base elements.</summary>
    public static PackedExtension5 operator *(PackedKoalaBear left, PackedExtension5 right) => right * left;

    /// <inheritdoc/>
    public static PackedExtension5 operator *(PackedExtension5 left, PackedExtension5 right)
    {
        if (!PackedArithmetic.Uses256Bits)
            return Multiply(left, right);
        PackedExtensionProduct.Multiply(in left, in right, out var product);
        return product;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PackedExtension5 Multiply(PackedExtension5 left, PackedExtension5 right)
    {
        // As Extension5: the product of polynomials, then X⁵ = 1 − X².
        PackedFactor a0 = new(left.c0), a1 = new(left.c1), a2 = new(left.c2), a3 = new(left.c3), a4 = new(left.c4);
        PackedFactor b0 = new(right.c0), b1 = new(right.c1), b2 = new(right.c2), b3 = new(right.c3), b4 = new(right.c4);
        PackedProductSum s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default, s8 = default;
        s0.Add(a0, b0);
        s1.Add(a0, b1, a1, b0);
        s2.Add(a0, b2, a1, b1);
        s2.Add(a2, b0);
        s3.Add(a0, b3, a1, b2);
        s3.Add(a2, b1, a3, b0);
        s4.Add(a0, b4, a1, b3);
        s4.Add(a2, b2, a3, b1);
        s4.Add(a4, b0);
        s5.Add(a1, b4, a2, b3);
        s5.Add(a3, b2, a4, b1);
        s6.Add(a2, b4, a3, b3);
        s6.Add(a4, b2);
        s7.Add(a3, b4, a4, b3);
        s8.Add(a4, b4);
        PackedKoalaBear d0 = s0.Reduce(), d1 = s1.Reduce(), d2 = s2.Reduce(), d3 = s3.Reduce(), d4 = s4.Reduce();
        PackedKoalaBear d5 = s5.Reduce(), d6 = s6.Reduce(), d7 = s7.Reduce(), d8 = s8.Reduce();
        return new(d0 + d5 - d8, d1 + d6, d2 - d5 + d7 + d8, d3 - d6 + d8, d4 - d7);
    }

    /// <inheritdoc cref="IRing{T}.Scale"/>
    public static PackedExtension5 Scale(PackedExtension5 value, KoalaBear factor) => value * PackedKoalaBear.FromBase(factor);

    /// <summary>The coordinates of X^<paramref name="index"/>, 0 … 4.</summary>
    public PackedKoalaBear Coordinate(int index) => index switch
    {
        0 => c0,
        1 => c1,
        2 => c2,
        3 => c3,
        4 => c4,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>Writes the sixteen elements to the beginning of a span.</summary>
    public void Store(Span<Extension5> elements) => PackedKoalaBear.StoreTransposed(
        [c0, c1, c2, c3, c4], MemoryMarshal.Cast<Extension5, KoalaBear>(elements), Extension5.Degree);
}
