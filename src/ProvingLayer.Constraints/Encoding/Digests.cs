using ProvingLayer.Algebra;
using Sponge = ProvingLayer.Algebra.Sponge<ProvingLayer.Algebra.Poseidon2>;

namespace ProvingLayer.Constraints.Encoding;

/// <summary>Digests of concrete values, as <c>grammar/encodings.md</c> describes them; the interpreter's side of what circuits compute.</summary>
public static class Digests
{
    /// <summary>The digest of a list of scalars, packed into blocks.</summary>
    public static Digest Of(DomainTag tag, IReadOnlyList<(Scalar Value, ScalarLayout Layout)> parts) =>
        Sponge.Hash((uint)tag, Elements(parts));

    /// <summary>The elements the sponge absorbs for a list of scalars.</summary>
    public static KoalaBear[] Elements(IReadOnlyList<(Scalar Value, ScalarLayout Layout)> parts)
    {
        var packing = BlockPacking.Of(parts.Select(p => p.Layout));
        var elements = new KoalaBear[packing.Length];
        for (var i = 0; i < parts.Count; i++)
            parts[i].Layout.Write(parts[i].Value, elements.AsSpan(packing.Offsets[i], parts[i].Layout.Limbs));
        return elements;
    }

    /// <summary>
    /// The digest of a name: its UTF-8 bytes in 16-bit little-endian limbs, a last odd byte by itself, after the number of bytes (one limb).
    /// An asset is <c>module.NAME</c>; a machine is <c>module.NAME&lt;asset, …&gt;</c>.
    /// </summary>
    public static Digest OfName(string name) => OfText(DomainTag.Name, name);

    /// <summary>The key that <c>K.name</c> stands for in tests and scenarios.</summary>
    public static Digest OfTestKey(string name) => Signatures.TestKeys.Of(name).Root;

    /// <summary>The program's digest: the key digests of all its transitions, by index (of a statement: of its one key).</summary>
    public static Digest OfProgram(IEnumerable<Digest> keys) =>
        Of(DomainTag.Program, [.. keys.Select(k => (Scalar.Of(k), ScalarLayout.Digest))]);

    /// <summary>The digest of a text under a tag.</summary>
    internal static Digest OfText(DomainTag tag, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        if (bytes.Length > ushort.MaxValue)
            throw new InvalidOperationException("compiler bug: a name of more than 65,535 bytes");
        var elements = new KoalaBear[1 + ((bytes.Length + 1) / 2)];
        elements[0] = KoalaBear.FromCanonical((uint)bytes.Length);
        for (var i = 0; i < bytes.Length; i += 2)
            elements[1 + (i / 2)] = KoalaBear.FromCanonical(bytes[i] | (i + 1 < bytes.Length ? (uint)bytes[i + 1] << 8 : 0));
        return Sponge.Hash((uint)tag, elements);
    }
}
