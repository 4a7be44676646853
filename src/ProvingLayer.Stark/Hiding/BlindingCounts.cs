using ProvingLayer.Algebra;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Stark.Hiding;

/// <summary>
/// How much randomness a hiding proof needs: the free coefficients of each column against the values of it that a proof determines.
/// </summary>
/// <remarks>
/// Let s be the queries, D = 5 the extension's degree, H a table's height, Z = X^H − 1. Queries lie on 3·⟨ω⟩, off the trace domain; ζ is no base
/// element, so that a column's value there is D equations over the base field: its values at the D conjugates of ζ, none of which is in the
/// trace domain (the verifier checks ζ^H ≠ 1).
/// <para>
/// Columns. Committed is w + Z·r, r uniform of degree below t. Z is not zero off the trace domain, so the values at up to t points there are
/// uniform and independent of w. A main column is opened at s queries and at ζ: s + D. The columns of the permutation matrix are opened at gζ
/// too: s + 2D. Hence t = s + 2D, for every column alike; where points coincide, fewer are determined.
/// </para>
/// <para>
/// Quotients. The chunks at a query x give a whole quotient at x, with the opened rows an equation over the extension that is linear in what else it
/// reads: S and the instance column of each of its tables at gx. So that this tells nothing, what is cut into chunks is the quotient + V(3X), V five
/// columns of its own, uniform of degree below ρn on the quotient's domain and committed beside the chunks. V is opened at s queries x and, for the verifier to
/// take V(3ζ) off again, at 3ζ: s + D equations a column. No 3x is a point of the domain, so the s values V(3x) are at other places: uniform whatever is opened,
/// if 2s + D ≤ ρn, and with them what is cut is uniform at the queries. At ζ it follows from the opened columns and V(3ζ). As V may be any polynomial under
/// the bound, what is a polynomial with it is one without: the prover wins nothing by choosing it.
/// </para>
/// <para>
/// All matrices of a table lie on the domain of its quotient, so that the rows that a query opens are of one point x. Else the chunks would give the quotient
/// at points where V is known and the other columns are not opened.
/// </para>
/// <para>
/// Chunks. The quotient's coefficients, V(3X) added, are cut into c ≥ 2 chunks of B; committed are qᵢ + X^B·bᵢ − bᵢ₋₁ with bᵢ uniform over the
/// extension of degree below u for 0 ≤ i &lt; c − 1 and b₋₁ = b_(c−1) = 0, so that Σ X^(iB)·chunkᵢ is the quotient still. A chunk is opened at s
/// queries and at ζ: s + D equations over the extension. With u = s + D coefficients, b₀ makes chunk 0 uniform at all of them, b₁ chunk 1, and so
/// on; the last chunk follows from the others and their sum: at ζ for its base columns too, since what is known
/// at ζ is known at all D conjugates, and D values of the quotient are as many as they have. The part of a table of degree d in a quotient has
/// d(H + t − 1) − H + 1 coefficients; c is the least number of chunks, of the most that a table of the domain has (or V) divided by c each and u more, that fit
/// under the degree bound of the domain that the columns need anyway, ρn ≥ H + t: a domain of half as many points is worth a chunk or two.
/// </para>
/// <para>
/// FRI. R, the random codeword, is uniform of degree below ρn on the longest domain, its D base columns batched by D successive powers of γ: a
/// basis, unless γ is a base element. So R* = Σ γ^j·Rⱼ is uniform over the extension, and the first word W₀, which holds (R*(X) − R*(ζ))/(X − ζ),
/// is uniform among the words of degree below ρn − 1 whatever the columns are, as R*(ζ) is beside it. The values Rⱼ that are opened follow from
/// both and from the columns opened at the same points: at a query as coordinates of R*, at ζ so from R* at the D conjugates of ζ.
/// A word w that is rolled in on n' points meets a fold G of the words before it. Of those, k points each over at most s points x' are opened,
/// which determines G(x') at these alone: G is the sum of k free polynomials of degree below ρn' (less one), times powers of the folding
/// challenge, and s of its values leave the rest free. Then G + β^k·w is uniform but for values that follow from opened rows. That needs
/// s &lt; ρn', which holds wherever private columns lie: ρn' ≥ H + t. What is folded after the last private word is a function of uniform words
/// and public ones. Roots of folds need no salts: of an unopened row at least one coordinate of 155 bits stays uniform, unless the word is so short
/// that the opened rows determine all of it; then the root tells nothing that they do not.
/// </para>
/// <para>
/// Leaves. Each leaf of the main, permutation and quotient trees, the hash of a row of the longest matrices, takes four fresh elements: without them S, of which a proof determines all t
/// coefficients once the trace is guessed and the queries are distinct, would let a guess be confirmed against unopened leaves. The hash of a row of shorter matrices
/// is compressed into a node, which is known only compressed: with what stands below it, the leaves over the same point and its negative and so on. A query that opens any of these opens the row;
/// so an unopened row stands over unopened leaves alone, and what is known of its node, if anything, is a hash of their 124 bits or more too. Terminals: <see cref="TerminalMask"/>.
/// </para>
/// </remarks>
internal static class BlindingCounts
{
    /// <summary>Random elements that enter each leaf: 124 bits.</summary>
    public const int SaltWidth = 4;

    /// <summary>Base columns of the random codeword.</summary>
    public const int CodewordWidth = Extension5.Degree;

    /// <summary>Base columns of V, which masks a quotient.</summary>
    public const int QuotientMaskWidth = Extension5.Degree;

    /// <summary>t: random coefficients of a blinded column.</summary>
    public static int OfColumn(ProofParameters parameters) => parameters.Queries + (2 * Extension5.Degree);

    /// <summary>The places at which a column of V is opened, or masks what is: so many coefficients it must have.</summary>
    public static int OfQuotientMask(ProofParameters parameters) => (2 * parameters.Queries) + Extension5.Degree;

    /// <summary>u: random coefficients, of the extension, between two chunks.</summary>
    public static int OfChunk(ProofParameters parameters) => parameters.Queries + Extension5.Degree;

    /// <summary>The most coefficients that the quotient of a table has: constraints of degree d in columns of degree below H + t, divided by Z.</summary>
    public static int QuotientLength(ProofParameters parameters, int degree, int logHeight) =>
        (degree * ((1 << logHeight) + OfColumn(parameters) - 1)) - (1 << logHeight) + 1;

    /// <summary>c: chunks of a quotient of so many coefficients on a domain of 2^<paramref name="logDomain"/> points. One would have nothing to be masked with.</summary>
    public static int Chunks(ProofParameters parameters, int length, int logDomain) =>
        Math.Max(2, Parts(length, parameters.DegreeBound(logDomain) - OfChunk(parameters)));

    /// <summary>B: coefficients of the quotient in one chunk.</summary>
    public static int ChunkLength(int length, int chunks) => Parts(length, chunks);

    /// <summary>The least n = 2^log whose degree bound ρn leaves room for blinded columns, and for V.</summary>
    public static int LogDomain(ProofParameters parameters, int logHeight)
    {
        var log = Math.Max(logHeight + parameters.LogBlowup, parameters.LogFinalDomain);
        while (parameters.DegreeBound(log) < Math.Max((1 << logHeight) + OfColumn(parameters), OfQuotientMask(parameters)))
            log++;
        return log;
    }

    private static int Parts(int length, int size) => (length + size - 1) / size;
}
