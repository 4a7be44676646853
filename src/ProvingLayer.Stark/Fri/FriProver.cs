using System.Runtime.InteropServices;
using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Proving;

namespace ProvingLayer.Stark.Fri;

/// <summary>The folds of the prover, its step 6.</summary>
internal static class FriProver<TPermutation>
    where TPermutation : IPermutation
{
    /// <param name="shape">The proof's shape.</param>
    /// <param name="words">The reduced word of a height, by log₂ of its points.</param>
    /// <param name="channel">The conversation.</param>
    /// <param name="hooks">Where to cheat.</param>
    /// <param name="buffers">Where the words lie.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The committed folds, for opening.</returns>
    public static MerkleTree<TPermutation>[] Fold(
        ProofShape shape, Func<int, Extension5[]> words, ProverChannel<TPermutation> channel, ProverHooks hooks, BufferLease buffers, CancellationToken cancellation)
    {
        var trees = new MerkleTree<TPermutation>[shape.Rounds.Length];
        var halfInverses = Folding.HalfInverses(shape.LogDomain);
        var word = words(shape.LogDomain);
        for (var round = 0; round < trees.Length; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var fold = shape.Rounds[round];
            hooks.OnWord(round, word);

            // 6. Commit to the word, the k points that fold to one in a row.
            trees[round] = MerkleTree<TPermutation>.Commit([new(Elements(word, buffers), word.Length >> fold.LogArity, Extension5.Degree << fold.LogArity)], buffers);
            channel.Send(StepName.FoldCommitment, trees[round].Root);
            channel.Grind(StepName.FoldGrinding);
            var challenge = channel.Draw(StepName.FoldChallenge);
            word = Folding.Fold(word, fold.LogArity, challenge, halfInverses);
            if (fold.RollsIn)
            {
                // β^k, one power above those of the fold, keeps the rolled-in word apart from the folded one.
                var factor = challenge.Pow((ulong)fold.Arity);
                var rolledIn = words(fold.LogFolded);
                for (var i = 0; i < word.Length; i++)
                    word[i] += factor * rolledIn[i];
            }
        }

        // 6. Send the final polynomial's coefficients.
        var values = new Matrix(Elements(word, buffers), word.Length, Extension5.Degree);
        var coefficients = new Matrix(values.Height, values.Width);
        Ntt.Interpolate(values, coefficients, KoalaBear.One, RowOrder.BitReversed);
        var length = Extension5.Degree * shape.Key.Parameters.FinalLength;
        if (hooks.ChecksItself && coefficients.Data.AsSpan(length).ContainsAnyExcept(KoalaBear.Zero))
            throw new InvalidOperationException("compiler bug: the final polynomial is too long; the trace does not satisfy the constraints");
        channel.Send(StepName.FinalPolynomial, coefficients.Data.AsSpan(0, length));
        return trees;
    }

    private static KoalaBear[] Elements(Extension5[] word, BufferLease buffers)
    {
        var elements = buffers.Array<KoalaBear>(word.Length * Extension5.Degree);
        MemoryMarshal.Cast<Extension5, KoalaBear>(word).CopyTo(elements);
        return elements;
    }
}
