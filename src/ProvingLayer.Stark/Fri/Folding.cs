using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;

namespace ProvingLayer.Stark.Fri;

/// <summary>
/// The fold of arity k of a word on ⟨ω⟩: with f(X) = Σ X^t f_t(X^k), the word of Σ β^t f_t on ⟨ω^k⟩. Done as log k folds by two, with β, β²,
/// β⁴ …: (f(x) + f(−x))/2 + β·(f(x) − f(−x))/(2x). Bit-reversed, x and −x are neighbours and the k points that fold to one stand in a row.
/// </summary>
internal static class Folding
{
    /// <summary>1/(2x) for x = ω^rev(j): the first 2^(l−1) of them serve every domain of 2^l points.</summary>
    public static KoalaBear[] HalfInverses(int logDomain)
    {
        // ω^−rev(j) runs through the domain of half the points in the generator's inverse powers.
        var log = logDomain - 1;
        var table = new KoalaBear[1 << log];
        var root = KoalaBear.TwoAdicRoot(logDomain).Inverse();
        var power = KoalaBear.Half;
        for (var i = 0; i < table.Length; i++)
        {
            table[BitReversal.Reverse(i, log)] = power;
            power *= root;
        }

        return table;
    }

    /// <summary>Folds a word to a new one, 2^logArity times shorter.</summary>
    public static Extension5[] Fold(Extension5[] word, int logArity, Extension5 challenge, KoalaBear[] halfInverses)
    {
        for (var step = 0; step < logArity; step++)
        {
            var folded = new Extension5[word.Length / 2];
            for (var j = 0; j < folded.Length; j++)
            {
                var even = word[2 * j];
                var odd = word[(2 * j) + 1];
                folded[j] = ((even + odd) * KoalaBear.Half) + ((even - odd) * halfInverses[j] * challenge);
            }

            word = folded;
            challenge *= challenge;
        }

        return word;
    }
}
