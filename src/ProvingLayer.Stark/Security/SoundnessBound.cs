namespace ProvingLayer.Stark.Security;

/// <summary>
/// The error of each round of the protocol for one decoding radius, as bits: −log₂(error) without grinding.
/// q = p^D, n = length of the longest codeword, H = ρn the bound of its degree. Unique decoding: θ = (1−ρ)/2, list size L = 1, proximity-gap error e(N) = (θN + 1)/q.
/// Johnson with parameter m ≥ 3 (eprint 2025/2055, theorem 4.2): θ = 1 − √ρ·(1 + 1/2m), L = (m+½)/√ρ,
/// e(N) = [(2(m+½)⁵ + 3(m+½)θρ)·N / (3ρ^1.5) + (m+½)/√ρ] / q.
/// </summary>
internal readonly struct SoundnessBound
{
    private readonly double fieldSize;
    private readonly double height;
    private readonly double length;
    private readonly double rate;
    private readonly double half; // m + ½
    private readonly bool unique;

    private SoundnessBound(double fieldSize, double rate, int logDomain, double half, bool unique)
    {
        this.fieldSize = fieldSize;
        this.rate = rate;
        this.half = half;
        this.unique = unique;
        length = Math.ScaleB(1.0, logDomain);
        height = length * rate;
        Radius = unique ? (1 - rate) / 2 : 1 - (Math.Sqrt(rate) * (1 + (1 / (2 * (half - 0.5)))));
        ListSize = unique ? 1 : half / Math.Sqrt(rate);
    }

    /// <summary>θ.</summary>
    public double Radius { get; }

    /// <summary>L.</summary>
    public double ListSize { get; }

    public static SoundnessBound Unique(double fieldSize, double rate, int logDomain) => new(fieldSize, rate, logDomain, 0, true);

    public static SoundnessBound Johnson(double fieldSize, double rate, int logDomain, int m) => new(fieldSize, rate, logDomain, m + 0.5, false);

    /// <summary>Batching B terms into one word by powers of one challenge: e(n)·(B − 1).</summary>
    public double Batch(double terms) => Bits(ProximityGap(length) * Math.Max(terms - 1, 1));

    /// <summary>A fold that ends on <paramref name="shrink"/> times fewer points: e(n/shrink)·factor. The factor is the arity, one more than k − 1 since a word is rolled in with β^k.</summary>
    public double Fold(double shrink, int factor) => Bits(ProximityGap(length / shrink) * factor);

    /// <summary>(1 − θ)^s.</summary>
    public double Query(int queries) => -queries * Math.Log2(1 - Radius);

    /// <summary>The constraint challenge: L·C/q.</summary>
    public double Constraints(double count) => Bits(ListSize * count / fieldSize);

    /// <summary>
    /// The out-of-domain point: L²·(d(H + c − 1) + H − 1)/(q − H − 2n), if H + c is under (1 − θ)n. It bounds the degree of Σ λ^e Cₑ·(X^G − 1)/(X^Gₑ − 1) −
    /// (X^G − 1)·q on a domain whose tallest trace has G rows, Gₑ ≤ G those of the table of constraint e: on the left below d(H + c − 1) + G, on the right, as a part of q has
    /// at most d(H − (G − Gₑ)) − Gₑ coefficients and the last chunk may have H, below dH + H.
    /// </summary>
    public double OutOfDomain(int degree, int points, int listExponent = 2) => height + points < (1 - Radius) * length
        ? Bits(Math.Pow(ListSize, listExponent) * ((degree * (height + points - 1)) + height - 1) / (fieldSize - height - (2 * length)))
        : 0;

    /// <summary>α and β: L·M·(W + 2)/q.</summary>
    public double LogUp(double fractions, int width) => fractions == 0 ? double.PositiveInfinity : Bits(ListSize * fractions * (width + 2) / fieldSize);

    private static double Bits(double error) => -Math.Log2(error);

    private double ProximityGap(double points) => unique
        ? ((Radius * points) + 1) / fieldSize
        : ((((2 * Math.Pow(half, 5)) + (3 * half * Radius * rate)) * points / (3 * Math.Pow(rate, 1.5))) + (half / Math.Sqrt(rate))) / fieldSize;
}
