using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Transcripts;

namespace ProvingLayer.Recursion.Engine;

/// <summary>What an input block is taken from.</summary>
internal enum WitnessKind
{
    /// <summary>First: its place in the messages; second: how many elements, the rest is zero.</summary>
    Message,

    /// <summary>First: the commitment; second: the query; third: the level at which the row enters; fourth: the block's first element.</summary>
    Row,

    /// <summary>First: the commitment; second: the query; third: the level.</summary>
    Sibling,
}

/// <summary>Where the value of an input block comes from.</summary>
internal readonly record struct WitnessSource(WitnessKind Kind, int First, int Second, int Third, int Fourth);

/// <summary>The input blocks of a circuit that verifies a proof, in the order of their slots.</summary>
/// <param name="firstSlot">The slot of the first.</param>
internal sealed class WitnessLayout(int firstSlot)
{
    private readonly List<WitnessSource> sources = [];

    /// <summary>Number of input blocks.</summary>
    public int Count => sources.Count;

    public Cell Input(CircuitBuilder builder, WitnessSource source) => builder.Input(CellType.Block, Take(source));

    /// <summary>The slot of the next block, for an instruction that takes it there.</summary>
    public int Take(WitnessSource source)
    {
        sources.Add(source);
        return firstSlot + sources.Count - 1;
    }

    /// <summary>The input blocks for a proof whose parts have the shape's lengths; null if its openings do not fit its queries.</summary>
    public CellValue[]? Of<TPermutation>(ProofShape shape, VerifyingKey key, ReadOnlySpan<KoalaBear> publicValues, Proof proof)
        where TPermutation : IPermutation
    {
        var indices = Indices<TPermutation>(shape, key, publicValues, proof);
        MerkleShape[] trees = [.. shape.Inputs.Select(input => input.Shape), .. shape.FoldTrees];
        var openings = new IReadOnlyList<MerkleOpening>[trees.Length];
        for (var i = 0; i < trees.Length; i++)
        {
            int[] shifted = [.. indices.Select(index => index >> (shape.LogDomain - trees[i].Depth))];
            if (Pruning<TPermutation>.Restore(trees[i], shifted, proof.Openings[i], out openings[i], out _) != MerkleError.None)
                return null;
        }

        var blocks = new CellValue[sources.Count];
        var elements = new KoalaBear[Cells.Limbs];
        for (var i = 0; i < blocks.Length; i++)
        {
            var source = sources[i];
            if (source.Kind == WitnessKind.Sibling)
            {
                blocks[i] = CellValue.Block(openings[source.First][source.Second].Path[source.Third]);
                continue;
            }

            Array.Clear(elements);
            if (source.Kind == WitnessKind.Message)
                proof.Messages.AsSpan(source.First, source.Second).CopyTo(elements);
            else
                CopyRow(trees[source.First], openings[source.First][source.Second], source.Third, source.Fourth, elements);
            blocks[i] = CellValue.Block(new(elements));
        }

        return blocks;
    }

    private static void CopyRow(MerkleShape tree, MerkleOpening opening, int level, int start, Span<KoalaBear> elements)
    {
        var position = 0; // of the matrix in the concatenated row
        foreach (var matrix in tree.MatricesAt(level))
        {
            var row = opening.Rows[matrix];
            for (var i = Math.Max(0, start - position); i < row.Length && position + i < start + elements.Length; i++)
                elements[position + i - start] = row[i];
            position += row.Length;
        }
    }

    /// <summary>The query indices that the conversation leads to, whether or not its checks hold.</summary>
    private static int[] Indices<TPermutation>(ProofShape shape, VerifyingKey key, ReadOnlySpan<KoalaBear> publicValues, Proof proof)
        where TPermutation : IPermutation
    {
        var transcript = new Transcript<TPermutation>(ProofHeader.TranscriptTag);
        transcript.Absorb(ProofHeader.Elements(key, proof.Instances));
        transcript.Absorb(ProofHeader.PublicValues(publicValues));
        var read = 0;
        int[] indices = [];
        foreach (var step in shape.Steps)
        {
            switch (step.Kind)
            {
                case StepKind.Message:
                    transcript.Absorb(proof.Messages.AsSpan(read, step.Count));
                    read += step.Count;
                    break;
                case StepKind.Challenge:
                    for (var i = 0; i < step.Count; i++)
                        transcript.SampleExtension();
                    break;
                case StepKind.Grinding:
                    transcript.AbsorbNonce(proof.Messages[read++], step.Count);
                    break;
                default:
                    indices = new int[step.Count];
                    for (var i = 0; i < indices.Length; i++)
                        indices[i] = transcript.SampleBits(shape.LogDomain);
                    break;
            }
        }

        return indices;
    }
}
