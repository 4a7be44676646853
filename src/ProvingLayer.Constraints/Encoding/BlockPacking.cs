using System.Collections.Immutable;

namespace ProvingLayer.Constraints.Encoding;

/// <summary>
/// How a list of scalars stands in blocks of eight elements: each right after its neighbour, unless it would straddle two blocks; then it
/// starts the next one and the rest of the block is zero. One that is longer than a block starts one too, and goes on in the next. The one place that decides it, for interpreter, circuit and verifier.
/// </summary>
public sealed class BlockPacking
{
    /// <summary>Elements of a block, the sponge's rate.</summary>
    public const int BlockLength = 8;

    private BlockPacking(ImmutableArray<int> offsets, int length) => (Offsets, Length) = (offsets, length);

    /// <summary>The position of each scalar's first limb in the sequence of all blocks.</summary>
    public ImmutableArray<int> Offsets { get; }

    /// <summary>Elements up to the end of the last scalar: what the sponge hashes (it pads by itself).</summary>
    public int Length { get; }

    /// <summary>Packs scalars of these layouts.</summary>
    public static BlockPacking Of(IEnumerable<ScalarLayout> layouts)
    {
        var offsets = ImmutableArray.CreateBuilder<int>();
        var next = 0;
        foreach (var layout in layouts)
        {
            var used = next % BlockLength;
            if (used != 0 && layout.Limbs > BlockLength - used)
                next += BlockLength - used;
            offsets.Add(next);
            next += layout.Limbs;
        }

        return new(offsets.ToImmutable(), next);
    }
}
