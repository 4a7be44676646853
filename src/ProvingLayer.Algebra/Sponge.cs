using System.Diagnostics.CodeAnalysis;

namespace ProvingLayer.Algebra;

/// <summary>
/// The modes of use of a permutation: rate 8 (state[0..8]), capacity 8, overwriting absorption. Collision strength is that of the
/// capacity and of the digest, 124 bits.
/// </summary>
/// <typeparam name="TPermutation">The hash suite.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "The suite is the one parameter, named once by the user.")]
public static class Sponge<TPermutation>
    where TPermutation : IPermutation
{
    /// <summary>Elements absorbed or squeezed by one permutation.</summary>
    public const int Rate = 8;

    private const int TagPosition = IPermutation.Width - 1;

    /// <summary>
    /// P(left ‖ right)[0..8]. P is a permutation, so this is collision resistant only where one of the inputs is a hash value already.
    /// </summary>
    public static Digest Compress(in Digest left, in Digest right)
    {
        Span<KoalaBear> state = stackalloc KoalaBear[IPermutation.Width];
        left.AsSpan().CopyTo(state);
        right.AsSpan().CopyTo(state[Rate..]);
        TPermutation.Permute(state);
        return new(state[..Rate]);
    }

    /// <summary>
    /// Hashes a sequence whose length the reader knows from elsewhere (a Merkle row, whose width is in the key): zero initial state, no
    /// padding; a partial block zero-fills the rest of the rate.
    /// </summary>
    /// <exception cref="ArgumentException">The sequence is empty.</exception>
    public static Digest HashFixed(ReadOnlySpan<KoalaBear> elements)
    {
        if (elements.IsEmpty)
            throw new ArgumentException("A fixed-length hash takes at least one element.", nameof(elements));
        Span<KoalaBear> state = stackalloc KoalaBear[IPermutation.Width];
        state.Clear();
        while (!elements.IsEmpty)
        {
            var block = elements[..Math.Min(Rate, elements.Length)];
            block.CopyTo(state);
            state[block.Length..Rate].Clear();
            TPermutation.Permute(state);
            elements = elements[block.Length..];
        }

        return new(state[..Rate]);
    }

    /// <summary>
    /// Hashes a sequence of any length: the domain tag stands in state[15] before the first block; a 1 and zeros are appended to a
    /// multiple of the rate, so that no two sequences absorb the same blocks.
    /// </summary>
    /// <param name="domainTag">One of the table of domain tags, below p.</param>
    /// <param name="elements">The sequence; may be empty.</param>
    public static Digest Hash(uint domainTag, ReadOnlySpan<KoalaBear> elements)
    {
        Span<KoalaBear> state = stackalloc KoalaBear[IPermutation.Width];
        state.Clear();
        state[TagPosition] = KoalaBear.FromCanonical(domainTag);
        while (elements.Length >= Rate)
        {
            elements[..Rate].CopyTo(state);
            TPermutation.Permute(state);
            elements = elements[Rate..];
        }

        elements.CopyTo(state);
        state[elements.Length] = KoalaBear.One;
        state[(elements.Length + 1)..Rate].Clear();
        TPermutation.Permute(state);
        return new(state[..Rate]);
    }
}
