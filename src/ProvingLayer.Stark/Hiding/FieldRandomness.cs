using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.Hiding;

/// <summary>
/// Uniform field elements, from the system's cryptographic generator. Nothing of it is ever used twice, in one proof or in two. Tests give the
/// bits themselves, from inside; no user can.
/// </summary>
internal class FieldRandomness
{
    private const int Batch = 1 << 12;

    /// <summary>Overwrites elements with uniform ones: 31 random bits each, drawn again in the one case of 128 that is not below p.</summary>
    public void Fill(Span<KoalaBear> elements)
    {
        Span<uint> drawn = stackalloc uint[Batch];
        while (!elements.IsEmpty)
        {
            var batch = drawn[..Math.Min(Batch, elements.Length)];
            FillBits(MemoryMarshal.AsBytes(batch));
            var kept = 0;
            foreach (var bits in batch)
            {
                // As any bijection keeps uniformity, the number is taken for the element's representation.
                var number = bits & int.MaxValue;
                if (number < KoalaBear.Modulus)
                    elements[kept++] = KoalaBear.FromRaw(number);
            }

            elements = elements[kept..];
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(drawn));
    }

    /// <summary>A matrix of uniform elements.</summary>
    public virtual Matrix Matrix(int height, int width)
    {
        var matrix = Algebra.Matrix.Uninitialized(height, width);
        Fill(matrix.Data);
        return matrix;
    }

    protected virtual void FillBits(Span<byte> bits) => RandomNumberGenerator.Fill(bits);
}
