using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Fri;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.LogUp;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Transcripts;

namespace ProvingLayer.Stark.Proving;

/// <summary>
/// Proves that a trace satisfies its circuit. Transparent: the proof hides nothing of the trace. Deterministic: the same key and trace give the
/// same bytes, whatever the number of threads.
/// </summary>
public static class Prover
{
    /// <summary>Proves a trace.</summary>
    /// <param name="key">Of the circuit that the trace was executed on.</param>
    /// <param name="trace">A trace that satisfies the circuit's constraints.</param>
    /// <param name="progress">Is told of each stage.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">The trace has not the shape of the key's circuit.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <exception cref="InvalidOperationException">
    /// The prover found that the trace does not satisfy the circuit. It does not look for that: what it makes of a false trace the verifier refuses.
    /// </exception>
    public static Proof Prove(ProvingKey key, Trace trace, IProgress<ProvingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(trace);
        return key.Prove(trace, ProverHooks.Honest, progress, cancellation);
    }
}

/// <summary>The prover for one hash suite. Its steps carry the numbers of the verifier's.</summary>
internal sealed class Prover<TPermutation>
    where TPermutation : IPermutation
{
    private static readonly Matrix Nothing = new(0, 0);

    private readonly ProvingKey<TPermutation> key;
    private readonly Trace trace;
    private readonly ProofShape shape;
    private readonly ProverHooks hooks;
    private readonly IProgress<ProvingProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly ProverChannel<TPermutation> channel;
    private readonly int logBlowup;

    public Prover(
        ProvingKey<TPermutation> key, Trace trace, Transcript<TPermutation> transcript, ProverHooks hooks, IProgress<ProvingProgress>? progress, CancellationToken cancellation)
    {
        this.key = key;
        this.trace = trace;
        this.hooks = hooks;
        this.progress = progress;
        this.cancellation = cancellation;
        shape = new(key.VerifyingKey, trace.Instances);
        logBlowup = key.VerifyingKey.Profile.Parameters.LogBlowup;
        channel = new(shape, transcript, hooks);

        // 1. Absorb the header: key, presence and log N, public values.
        transcript.Absorb(ProofHeader.Elements(key.VerifyingKey, trace.Instances));
        transcript.Absorb(ProofHeader.PublicValues(trace.PublicValues.AsSpan()));
    }

    public Proof Prove()
    {
        // 2. Commit to the trace.
        Report(ProvingStage.CommitTrace);
        var mains = PerTable((table, _) => trace.Main[table]);
        var mainTree = Commit(InputTree.Main, [.. mains.Select(matrix => Extend(matrix))]);
        channel.Send(StepName.MainCommitment, mainTree!.Root);

        // 3. Draw α and β; commit to the sums of the messages' fractions; send the terminals.
        Report(ProvingStage.CommitPermutation);
        var bus = channel.Draw(StepName.LogUpChallenges, ProtocolSteps.LogUpChallengeCount);
        var fingerprint = new Fingerprint<PackedExtension5>(PackedExtension5.Broadcast(bus[0]), PackedExtension5.Broadcast(bus[1]));
        var terminals = new Extension5[shape.LogHeights.Length];
        var permutations = PerTable((table, layout) =>
        {
            var (matrix, terminal) = PermutationTrace.Of(layout, mains[table], key.Preprocessed[table], 1 << shape.LogHeights[table], fingerprint, hooks, cancellation);
            hooks.OnPermutation(table, matrix, ref terminal);
            terminals[table] = terminal;
            return matrix;
        });
        var permutationTree = Commit(InputTree.Permutation, [.. permutations.Select(matrix => Extend(matrix))]);
        if (permutationTree is not null)
            channel.Send(StepName.PermutationCommitment, permutationTree.Root);
        if (!shape.Terminals.IsEmpty)
            channel.Send(StepName.Terminals, shape.Terminals.Select(table => terminals[table]).ToArray());

        // 4. Draw λ; commit to the quotients of the folded constraints.
        Report(ProvingStage.CommitQuotient);
        var constraintChallenge = channel.Draw(StepName.ConstraintChallenge);
        var chunks = PerTable((table, _) => Quotient(table, Codeword(mainTree, InputTree.Main, table), Codeword(permutationTree, InputTree.Permutation, table), fingerprint, constraintChallenge, terminals[table]));
        var quotientTree = Commit(InputTree.Quotient, [.. chunks.Select(chunk => Evaluate(chunk))]);
        channel.Send(StepName.QuotientCommitment, quotientTree!.Root);

        // 5. Draw ζ; open every column at its points.
        Report(ProvingStage.Open);
        var point = channel.Draw(StepName.OutOfDomainPoint);
        var opened = Open(point, mains, permutations, chunks);
        channel.Send(StepName.OpenedValues, opened);

        // 6. Draw the batching challenge; fold the reduced words of all heights to the final polynomial.
        Report(ProvingStage.Fold);
        channel.Grind(StepName.BatchGrinding);
        var batchChallenge = channel.Draw(StepName.BatchChallenge);
        var inputs = shape.Inputs.Select(input => input.Tree switch
        {
            InputTree.Preprocessed => key.Commitments[input.Group],
            InputTree.Main => mainTree!,
            InputTree.Permutation => permutationTree!,
            _ => quotientTree,
        }).ToArray();
        var folds = FriProver<TPermutation>.Fold(
            shape,
            logDomain => ReducedWords.Of(
                shape,
                logDomain,
                matrix => inputs[matrix.Commitment].Matrices[matrix.Position],
                point,
                opened,
                batchChallenge,
                cancellation),
            channel,
            hooks,
            cancellation);

        // 7. Draw the query indices; open every commitment there.
        Report(ProvingStage.Query);
        channel.Grind(StepName.QueryGrinding);
        var indices = channel.DrawIndices(shape.LogDomain);
        var trees = inputs.Concat(folds);
        return new(
            trace.Instances,
            channel.Messages,
            [.. trees.Select(tree => Pruning<TPermutation>.Open(tree, indices.Select(index => index >> (shape.LogDomain - tree.Shape.Depth))))]);
    }

    /// <summary>The quotient's coefficients, cut into chunks of H: q = Σ X^(iH) qᵢ; five columns a chunk.</summary>
    private Matrix Quotient(
        int table, Matrix main, Matrix permutation, Fingerprint<PackedExtension5> fingerprint, Extension5 constraintChallenge, Extension5 terminal)
    {
        var layout = key.VerifyingKey.Tables[table].Layout;
        var logHeight = shape.LogHeights[table];
        var logInstances = logHeight - key.VerifyingKey.Tables[table].LogPeriod;
        var coefficients = key.PreprocessedCoefficients[table];
        var preprocessed = new Matrix(coefficients.Height << QuotientValues.LogExpansion(layout), coefficients.Width);
        if (coefficients.Width > 0)
            Ntt.Evaluate(coefficients, preprocessed, KoalaBear.Generator.Pow(1ul << logInstances), RowOrder.BitReversed);

        var values = new QuotientValues(layout, logHeight, key.VerifyingKey.Tables[table].LogPeriod)
            .Evaluate(main, permutation, preprocessed, fingerprint, constraintChallenge, terminal, cancellation);
        var quotient = new Matrix(values.Height, values.Width);
        Ntt.Interpolate(values, quotient, KoalaBear.Generator, RowOrder.BitReversed);
        hooks.OnQuotient(table, quotient);

        var height = 1 << logHeight;
        if (hooks.ChecksItself && quotient.Data.AsSpan(layout.Chunks * height * Extension5.Degree).ContainsAnyExcept(KoalaBear.Zero))
            throw new InvalidOperationException($"compiler bug: the quotient of {layout.Chip.Name} is too long; the trace does not satisfy the constraints");
        var chunks = new Matrix(height, layout.Chunks * Extension5.Degree);
        for (var chunk = 0; chunk < layout.Chunks; chunk++)
        {
            for (var row = 0; row < height; row++)
                quotient.Row((chunk * height) + row).CopyTo(chunks.Row(row)[(chunk * Extension5.Degree)..]);
        }

        return chunks;
    }

    private Extension5[] Open(Extension5 point, Matrix[] mains, Matrix[] permutations, Matrix[] chunks)
    {
        var opened = new Extension5[shape.OpenedValues];
        foreach (var matrix in shape.Matrices)
        {
            for (var i = 0; i < matrix.Points.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var z = matrix.PointOf(i).Of(point);
                var values = matrix.Tree switch
                {
                    InputTree.Preprocessed => ColumnEvaluation.AtPoint(key.PreprocessedCoefficients[matrix.Table], z),
                    InputTree.Main => ColumnEvaluation.AtPoint(mains[matrix.Table], KoalaBear.One, RowOrder.Natural, z),
                    InputTree.Permutation => ColumnEvaluation.AtPoint(permutations[matrix.Table], KoalaBear.One, RowOrder.Natural, z),
                    _ => ColumnEvaluation.AtPoint(chunks[matrix.Table], z),
                };
                values.CopyTo(opened, matrix.FirstValueAt(i));
            }
        }

        return opened;
    }

    private Matrix[] PerTable(Func<int, TableLayout, Matrix> make)
    {
        var matrices = new Matrix[shape.LogHeights.Length];
        matrices.AsSpan().Fill(Nothing);
        foreach (var table in shape.Present)
        {
            cancellation.ThrowIfCancellationRequested();
            matrices[table] = make(table, key.VerifyingKey.Tables[table].Layout);
        }

        return matrices;
    }

    private Matrix Extend(Matrix values) => values.Width == 0 ? values : Ntt.CosetLowDegreeExtension(values, logBlowup, KoalaBear.Generator);

    private Matrix Evaluate(Matrix coefficients)
    {
        var values = new Matrix(coefficients.Height << logBlowup, coefficients.Width);
        Ntt.Evaluate(coefficients, values, KoalaBear.Generator, RowOrder.BitReversed);
        return values;
    }

    private MerkleTree<TPermutation>? Commit(InputTree tree, Matrix[] codewords) =>
        shape.CommitmentOf(tree) < 0 ? null : MerkleTree<TPermutation>.Commit([.. codewords.Where(matrix => matrix.Width > 0)]);

    private Matrix Codeword(MerkleTree<TPermutation>? tree, InputTree kind, int table) =>
        shape.MatrixOf(kind, table) is { } matrix ? tree!.Matrices[matrix.Position] : new Matrix(1 << (shape.LogHeights[table] + logBlowup), 0);

    private void Report(ProvingStage stage)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new(stage, (double)stage / ((int)ProvingStage.Query + 1)));
    }
}
