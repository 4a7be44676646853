using ProvingLayer.Algebra;
using ProvingLayer.Constraints;

namespace ProvingLayer.Recursion.Engine;

/// <summary>The modes of the sponge as instructions: element by element what <see cref="Sponge{TPermutation}"/> computes.</summary>
internal static class CircuitSponge
{
    private const int Rate = Cells.Limbs;
    private const int TagPosition = Rate - 1; // of the capacity

    /// <summary>The hash of a sequence of any length.</summary>
    public static Cell Hash(WireRows rows, uint domainTag, IReadOnlyList<Limb> elements)
    {
        var capacity = Tagged(rows, domainTag).Block;
        Limb[] padded = [.. elements, Limb.Of(rows, Wire.One)];
        Cell rate = default;
        for (var start = 0; start < padded.Length; start += Rate)
            (rate, capacity) = rows.Builder.Permute(Limb.Gather(rows, padded[start..Math.Min(padded.Length, start + Rate)]).Block, capacity);
        return rate;
    }

    /// <summary>A capacity that is zero but for the domain tag.</summary>
    public static HalfState Tagged(WireRows rows, uint domainTag)
    {
        var elements = new KoalaBear[Rate];
        elements[TagPosition] = KoalaBear.FromCanonical(domainTag);
        return HalfState.Of(rows, elements);
    }
}

/// <summary>The transcript as instructions: step by step what <see cref="Stark.Transcripts.Transcript{TPermutation}"/> computes.</summary>
internal sealed class CircuitTranscript(WireRows rows, uint tag)
{
    private const int Rate = Cells.Limbs;

    private readonly List<Limb> buffer = [];
    private HalfState rate = HalfState.Of(rows, []);
    private HalfState capacity = CircuitSponge.Tagged(rows, tag);
    private int unread;

    public void Absorb(Limb element)
    {
        unread = 0;
        buffer.Add(element);
        if (buffer.Count == Rate)
            Permute();
    }

    public void Absorb(HalfState half)
    {
        for (var i = 0; i < Rate; i++)
            Absorb(new Limb(half, i));
    }

    public void Absorb(ReadOnlySpan<KoalaBear> constants)
    {
        foreach (var constant in constants)
            Absorb(Limb.Of(rows, Wire.FromBase(constant)));
    }

    public Wire Squeeze()
    {
        if (buffer.Count > 0 || unread == 0)
            Permute();
        return rate.Elements[Rate - unread--];
    }

    private void Permute()
    {
        if (buffer.Count < Rate)
        {
            // What the rate does not hold is counted in the capacity's first element.
            var elements = capacity.Elements.ToArray();
            elements[0] += Wire.FromBase(KoalaBear.FromCanonical((uint)(Rate - buffer.Count)));
            capacity = new(rows, elements);
        }

        var (newRate, newCapacity) = rows.Builder.Permute(Limb.Gather(rows, buffer).Block, capacity.Block);
        (rate, capacity) = (new(rows, newRate), new(rows, newCapacity));
        buffer.Clear();
        unread = Rate;
    }
}
