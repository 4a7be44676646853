using System.Numerics;
using System.Security.Cryptography;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Interpretation;

/// <summary>Draws salts: salt i = H(seed, i). From a random seed nobody can guess them; from a fixed one a run repeats to the bit.</summary>
public sealed class SaltSource
{
    private readonly Digest seed;
    private BigInteger drawn;

    private SaltSource(Digest seed) => this.seed = seed;

    /// <summary>Salts that nobody can guess.</summary>
    public static SaltSource Random()
    {
        Span<KoalaBear> elements = stackalloc KoalaBear[Digest.Length];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = KoalaBear.FromCanonical((uint)RandomNumberGenerator.GetInt32((int)KoalaBear.Modulus));
        return new(new(elements));
    }

    /// <summary>Salts that everybody can compute: for tests, where records need no hiding.</summary>
    public static SaltSource Fixed() => new(default);

    /// <summary>The next salt.</summary>
    public Digest Next() => Digests.Of(
        DomainTag.Salt,
        [(Scalar.Of(seed), ScalarLayout.Digest), (Scalar.Of(drawn++), ScalarLayout.Sequence)]);
}
