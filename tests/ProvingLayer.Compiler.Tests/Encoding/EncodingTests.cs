using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Compiler.Tests.Encoding;

public partial class EncodingTests
{
    private static readonly string page = File.ReadAllText(Repository.PathOf("grammar", "encodings.md"));

    public static TheoryData<string, string> Vectors
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (Match match in Vector().Matches(page))
                data.Add(match.Groups["what"].Value, match.Groups["digest"].Value);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Vectors_of_the_page_are_what_the_code_computes(string what, string digest) => Assert.Equal(digest, $"0x{Compute(what)}");

    [Fact]
    public void The_page_has_vectors_of_every_form() => Assert.True(Vectors.Count >= 12);

    [Fact]
    public void The_page_lists_every_domain_tag_with_its_number()
    {
        var listed = Row().Matches(page).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["number"].Value);
        Assert.Equal(
            Enum.GetValues<DomainTag>().ToDictionary(t => t.ToString(), t => ((uint)t).ToString(CultureInfo.InvariantCulture)),
            listed);
    }

    [Fact]
    public void Nothing_straddles_two_blocks_and_neighbours_share_one()
    {
        var packing = BlockPacking.Of([ScalarLayout.Unsigned(64), ScalarLayout.Time, ScalarLayout.Tag, ScalarLayout.Unsigned(32), ScalarLayout.Quantity, ScalarLayout.Boolean, ScalarLayout.Digest]);
        Assert.Equal([0, 4, 7, 8, 16, 24, 32], packing.Offsets.AsEnumerable());
        Assert.Equal(40, packing.Length);
    }

    [Fact]
    public void Different_lists_of_one_length_have_different_digests()
    {
        // Trailing zeros, a limb moved to its neighbour, and another tag: none collides.
        HashSet<Digest> digests =
        [
            Digests.Of(DomainTag.Arguments, []),
            Digests.Of(DomainTag.Arguments, [Part(0)]),
            Digests.Of(DomainTag.Arguments, [Part(0), Part(0)]),
            Digests.Of(DomainTag.Arguments, [Part(1), Part(0)]),
            Digests.Of(DomainTag.Arguments, [Part(0), Part(1)]),
            Digests.Of(DomainTag.Arguments, [Part(1)]),
            Digests.Of(DomainTag.Result, [Part(1)]),
            Digests.Of(DomainTag.Result, []),
        ];
        Assert.Equal(8, digests.Count);

        static (Scalar, ScalarLayout) Part(int value) => (Scalar.Of(value), ScalarLayout.Tag);
    }

    [Fact]
    public void A_negative_number_is_in_twos_complement_of_its_own_width()
    {
        var elements = Digests.Elements([(Scalar.Of(-2), ScalarLayout.Signed(64))]);
        Assert.Equal([0xfffeu, 0xffffu, 0xffffu, 0xffffu], elements.Select(e => e.Canonical));
    }

    [Fact]
    public void A_value_that_does_not_fit_its_limbs_is_a_compiler_bug() =>
        Assert.Throws<InvalidOperationException>(() => Digests.Elements([(Scalar.Of(BigInteger.One << 48), ScalarLayout.Time)]));

    private static Digest Compute(string what)
    {
        var colon = what.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = (what[..colon].Trim(), what[(colon + 1)..].Trim());
        return kind switch
        {
            "name" => Digests.OfName(rest),
            "K" => Digests.OfTestKey(rest),
            "Empty" => EmptySubtrees.Of(int.Parse(rest, CultureInfo.InvariantCulture)),
            "Map" => RootOf(rest),
            _ => Digests.Of(Enum.Parse<DomainTag>(kind), [.. rest.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Part)]),
        };
    }

    // "depth, key: value, key: value", each key's type as wide as its name says.
    private static Digest RootOf(string text)
    {
        var parts = text.Split(", ");
        SparseMerkleMap? map = null;
        foreach (var part in parts[1..])
        {
            var ((key, keyLayout), (value, valueLayout)) = (Part(part.Split(": ")[0]), Part(part.Split(": ")[1]));
            var bits = keyLayout.Kind == ScalarKind.Digest ? 0 : int.Parse(part.AsSpan(1, part.IndexOf(' ', StringComparison.Ordinal) - 1), CultureInfo.InvariantCulture);
            map ??= SparseMerkleMap.Empty(new(int.Parse(parts[0], CultureInfo.InvariantCulture), [keyLayout], bits, [valueLayout]));
            Assert.Equal(MapOutcome.Done, map.Insert([key], [value], out map));
        }

        return map!.Root;
    }

    private static (Scalar, ScalarLayout) Part(string text)
    {
        var (type, value) = (text[..text.IndexOf(' ', StringComparison.Ordinal)], text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        return type switch
        {
            "bool" => (Scalar.Of(value == "true"), ScalarLayout.Boolean),
            "digest" => (Scalar.Of(Digests.OfTestKey(value[2..])), ScalarLayout.Digest),
            "time" => (Scalar.Of(BigInteger.Parse(value, CultureInfo.InvariantCulture)), ScalarLayout.Time),
            _ when type[0] == 'i' => (Scalar.Of(BigInteger.Parse(value, CultureInfo.InvariantCulture)), ScalarLayout.Signed(int.Parse(type[1..], CultureInfo.InvariantCulture))),
            _ => (Scalar.Of(BigInteger.Parse(value, CultureInfo.InvariantCulture)), ScalarLayout.Unsigned(int.Parse(type[1..], CultureInfo.InvariantCulture))),
        };
    }

    [GeneratedRegex(@"^    (?<what>[A-Za-z]+:[^=\n]*?) += (?<digest>0x[0-9a-f]{64})$", RegexOptions.Multiline)]
    private static partial Regex Vector();

    [GeneratedRegex(@"^\| `(?<name>[A-Z]\w+)` \| (?<number>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
