using ProvingLayer.Algebra;
using ProvingLayer.Constraints;

namespace ProvingLayer.Stark.LogUp;

/// <summary>
/// A message (b, v₁ … v_w) as one element: α + b + Σ β^j v_j. One bus has one width, so two messages are equal where their fingerprints are,
/// but for the error of α and β.
/// </summary>
/// <typeparam name="TExtension">The algebra of challenges.</typeparam>
internal readonly struct Fingerprint<TExtension>
    where TExtension : struct, IRing<TExtension>
{
    private readonly TExtension alpha;
    private readonly TExtension[] betas; // β¹, β², …

    public Fingerprint(TExtension alpha, TExtension beta)
    {
        this.alpha = alpha;
        betas = new TExtension[Buses.MaximumWidth];
        var power = beta;
        for (var i = 0; i < betas.Length; i++)
        {
            betas[i] = power;
            power *= beta;
        }
    }

    public TExtension Of<TBase, TAlgebra>(Bus bus, ReadOnlySpan<TBase> values)
        where TBase : struct, IRing<TBase>
        where TAlgebra : IExtensionAlgebra<TBase, TExtension>
    {
        var sum = alpha + TExtension.FromBase(KoalaBear.FromCanonical((uint)bus));
        for (var i = 0; i < values.Length; i++)
            sum += TAlgebra.Scale(betas[i], values[i]);
        return sum;
    }
}
