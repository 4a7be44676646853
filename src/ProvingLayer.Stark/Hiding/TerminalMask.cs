using System.Runtime.CompilerServices;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Stark.LogUp;

namespace ProvingLayer.Stark.Hiding;

/// <summary>A table's place in the ring of masks: it sends the message of its own number and receives that of the one before.</summary>
internal readonly record struct MaskNumbers(int Own, int Previous);

/// <summary>
/// A LogUp terminal is a function of the private trace, and it is sent in clear. So on its last row table c of K sends (mask, c, r_c) and receives
/// (mask, c − 1 mod K, r_(c−1)), in 2D main columns of its own: r_c, then r_(c−1). Over the mask bus, which no chip writes, the receives must be the
/// sends, so the masks add up to zero and take nothing away from the other buses; the numerators are ± the selector of the last row, fixed by the
/// protocol. A fingerprint of a uniform r_c is uniform (the powers of β that weigh its D coordinates are a basis unless β is a base element), so
/// the K terminals are uniform but for their sum, which the public values determine.
/// </summary>
internal static class TerminalMask
{
    /// <summary>Main columns: the table's own mask and the one before.</summary>
    public const int Columns = 2 * Extension5.Degree;

    /// <summary>Messages on the last row.</summary>
    public const int Messages = 2;

    /// <summary>Writes the two messages of a row as fractions: the send, then the receive.</summary>
    /// <param name="fingerprint">Of α and β.</param>
    /// <param name="columns">The mask columns of the row.</param>
    /// <param name="numbers">The table's place.</param>
    /// <param name="isLast">1 on the last row, 0 on the others.</param>
    /// <param name="numerators">Receives both numerators.</param>
    /// <param name="denominators">Receives both fingerprints.</param>
    public static void Write<TBase, TExtension, TAlgebra>(
        in Fingerprint<TExtension> fingerprint,
        ReadOnlySpan<TBase> columns,
        MaskNumbers numbers,
        TBase isLast,
        Span<TBase> numerators,
        Span<TExtension> denominators)
        where TBase : struct, IRing<TBase>
        where TExtension : struct, IRing<TExtension>
        where TAlgebra : IExtensionAlgebra<TBase, TExtension>
    {
        numerators[0] = isLast;
        numerators[1] = -isLast;
        denominators[0] = Of(fingerprint, columns[..Extension5.Degree], numbers.Own);
        denominators[1] = Of(fingerprint, columns[Extension5.Degree..], numbers.Previous);

        static TExtension Of(in Fingerprint<TExtension> fingerprint, ReadOnlySpan<TBase> mask, int number)
        {
            Message<TBase> message = default;
            message[0] = TBase.FromBase(KoalaBear.FromCanonical((uint)number));
            for (var i = 0; i < mask.Length; i++)
                message[1 + i] = mask[i];
            return fingerprint.Of<TBase, TAlgebra>(Bus.Mask, message);
        }
    }

    /// <summary>A number and a mask.</summary>
    [InlineArray(1 + Extension5.Degree)]
    private struct Message<T>
    {
        private T first;
    }
}
