namespace ProvingLayer.Algebra.Transforms;

/// <summary>The permutation that reverses the bits of an index; its own inverse.</summary>
public static class BitReversal
{
    /// <summary>The low <paramref name="bits"/> bits of an index below 2^bits, last first.</summary>
    public static int Reverse(int index, int bits)
    {
        if (bits == 0)
            return index;
        var x = (uint)index;
        x = ((x >> 1) & 0x55555555) | ((x & 0x55555555) << 1);
        x = ((x >> 2) & 0x33333333) | ((x & 0x33333333) << 2);
        x = ((x >> 4) & 0x0F0F0F0F) | ((x & 0x0F0F0F0F) << 4);
        return (int)(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(x) >> (32 - bits));
    }
}
