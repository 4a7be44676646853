using System.Runtime.CompilerServices;

namespace ProvingLayer.Algebra.Transforms;

/// <summary>A constant factor prepared for <see cref="PackedArithmetic.MultiplyLazily"/>.</summary>
internal readonly struct Factor
{
    /// <summary>The factor w as a canonical integer.</summary>
    public readonly uint Value;

    /// <summary>⌊w·2³² / p⌋.</summary>
    public readonly uint Quotient;

    // The Montgomery form r = w·2³² mod p gives the quotient without a division: w·2³² = quotient·p + r, so quotient = −r·p⁻¹ mod 2³².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Factor(KoalaBear factor)
    {
        Value = factor.Canonical;
        Quotient = (0 - factor.Raw) * KoalaBear.ModulusInverse;
    }
}

/// <summary>
/// The roots of the transform's layers. Layer ℓ (0 … k − 1 of a transform of size n = 2ᵏ on shift·⟨ω⟩) holds 2^ℓ blocks: block j holds f mod
/// X^(n/2^ℓ) − a², and splits it into f mod X^(n/2^(ℓ+1)) ∓ a, where a = shift^(n/2^(ℓ+1)) · root(j), root(j) = ω_(2^(ℓ+1))^rev(j), rev reversing ℓ bits.
/// root does not depend on ℓ, so one table serves all layers and sizes; at the end block j is f at shift·ω_n^rev(j).
/// </summary>
internal sealed class Twiddles
{
    private static readonly RootTable Roots = new(root => root);
    private static readonly RootTable InverseRoots = new(root => root.Inverse());

    private readonly KoalaBear[] table;
    private readonly KoalaBear[] shiftPowers;

    private Twiddles(KoalaBear[] table, KoalaBear[] shiftPowers)
    {
        this.table = table;
        this.shiftPowers = shiftPowers;
    }

    /// <summary>The factors a of a transform of 2^log values on shift·⟨ω⟩.</summary>
    public static Twiddles Forward(int log, KoalaBear shift) => new(Roots.For(log), ShiftPowers(log, shift));

    /// <summary>The factors 1/a.</summary>
    public static Twiddles Inverse(int log, KoalaBear shift) => new(InverseRoots.For(log), ShiftPowers(log, shift.Inverse()));

    /// <summary>The factor of a block, 0 … 2^layer − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Factor Of(int layer, int block) => new(shiftPowers[layer] * table[block]);

    private static KoalaBear[] ShiftPowers(int log, KoalaBear shift)
    {
        var powers = new KoalaBear[log];
        for (var layer = log - 1; layer >= 0; layer--, shift *= shift)
            powers[layer] = shift; // n/2^(ℓ+1) = 2^(k−1−ℓ)
        return powers;
    }

    /// <summary>root(0), root(1), …, or what becomes of them; as many as the largest transform so far needed.</summary>
    private sealed class RootTable(Func<KoalaBear, KoalaBear> map)
    {
        private readonly Lock growing = new();
        private volatile KoalaBear[] entries = [KoalaBear.One];

        public KoalaBear[] For(int log)
        {
            var length = log == 0 ? 1 : 1 << (log - 1);
            if (entries.Length < length)
            {
                lock (growing)
                {
                    if (entries.Length < length)
                        entries = Compute(length);
                }
            }

            return entries;
        }

        // root(j + 2^ℓ) = root(j) · ω_(2^(ℓ+2)) for j < 2^ℓ.
        private KoalaBear[] Compute(int length)
        {
            var computed = new KoalaBear[length];
            computed[0] = KoalaBear.One;
            for (var layer = 0; 1 << layer < length; layer++)
            {
                var root = map(KoalaBear.TwoAdicRoot(layer + 2));
                for (var j = 0; j < 1 << layer; j++)
                    computed[j + (1 << layer)] = computed[j] * root;
            }

            return computed;
        }
    }
}
