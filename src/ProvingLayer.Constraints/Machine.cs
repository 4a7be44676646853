using System.Collections.Immutable;
using System.Text;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints;

/// <summary>The chips of a circuit, in the catalog's order.</summary>
public sealed class Machine
{
    /// <summary>The machine of these chips.</summary>
    public Machine(ImmutableArray<Chip> chips) => Chips = chips;

    /// <summary>The chips.</summary>
    public ImmutableArray<Chip> Chips { get; }

    /// <summary>Every chip's constraints with degree, columns and messages, and the buses' widths.</summary>
    public string CanonicalText => field ??= Write();

    /// <summary>The machine of the chips with these names; false if a name is unknown, repeated or out of the catalog's order.</summary>
    public static bool TryCreate(IReadOnlyList<string> names, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Machine? machine)
    {
        ArgumentNullException.ThrowIfNull(names);
        machine = null;
        var chips = ImmutableArray.CreateBuilder<Chip>(names.Count);
        var last = -1;
        foreach (var name in names)
        {
            if (!ChipCatalog.TryGet(name, out var chip) || ChipCatalog.All.IndexOf(chip) <= last)
                return false;
            last = ChipCatalog.All.IndexOf(chip);
            chips.Add(chip);
        }

        machine = new(chips.ToImmutable());
        return true;
    }

    /// <summary>The machine id: the sponge of the canonical text, its UTF-8 bytes two to an element, their number first.</summary>
    /// <typeparam name="TPermutation">The hash suite.</typeparam>
    public Digest Id<TPermutation>()
        where TPermutation : IPermutation
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(CanonicalText);
        var elements = new KoalaBear[1 + ((bytes.Length + 1) / 2)];
        elements[0] = KoalaBear.FromCanonical((uint)bytes.Length);
        for (var i = 0; i < bytes.Length; i += 2)
            elements[1 + (i / 2)] = KoalaBear.FromCanonical(bytes[i] + (i + 1 < bytes.Length ? 256u * bytes[i + 1] : 0));
        return Sponge<TPermutation>.Hash((uint)DomainTag.Machine, elements);
    }

    private string Write()
    {
        var text = new StringBuilder("machine 1\n");
        foreach (var bus in Enum.GetValues<Bus>().Where(bus => bus != Bus.Mask)) // that one is the protocol's, not the machine's
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"bus {(int)bus} width {bus.Width()}\n");
        foreach (var chip in Chips)
            text.Append(chip.Reading.CanonicalText);
        return text.ToString();
    }
}
