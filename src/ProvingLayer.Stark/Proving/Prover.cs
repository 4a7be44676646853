using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Fri;
using ProvingLayer.Stark.Hiding;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.LogUp;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Transcripts;

namespace ProvingLayer.Stark.Proving;

/// <summary>
/// Proves that a trace satisfies its circuit. With a hiding key the proof shows nothing of the trace but its public values, and every proof draws
/// its own randomness. With a transparent key it hides nothing, and the same key and trace give the same bytes, whatever the number of threads.
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
internal sealed class Prover<TPermutation> : IDisposable
    where TPermutation : IPermutation
{
    private readonly ProvingKey<TPermutation> key;
    private readonly Trace trace;
    private readonly ProofShape shape;
    private readonly ProverHooks hooks;
    private readonly IProgress<ProvingProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly ProverChannel<TPermutation> channel;
    private readonly FieldRandomness? randomness; // of a hiding proof
    private readonly BufferLease buffers = new(); // for all but the proof itself
    private readonly Dictionary<(int LogHeight, int LogCoset, KoalaBear Shift), CosetSelectors> selectors = [];
    private readonly Dictionary<(InputTree Tree, int Table, int LogDomain), Matrix> extended = []; // on more points than are committed to
    private readonly Dictionary<(InputTree Tree, int Table, KoalaBear Shift), Matrix> onCosets = []; // a leader's columns are read by all tables of its group

    public Prover(
        ProvingKey<TPermutation> key, Trace trace, Transcript<TPermutation> transcript, ProverHooks hooks, IProgress<ProvingProgress>? progress, CancellationToken cancellation)
    {
        this.key = key;
        this.trace = trace;
        this.hooks = hooks;
        this.progress = progress;
        this.cancellation = cancellation;
        shape = new(key.VerifyingKey, trace.Instances);
        randomness = key.VerifyingKey.IsHiding ? hooks.Randomness() : null;
        channel = new(shape, transcript, hooks);

        // 1. Absorb the header: key, presence and log N, public values.
        transcript.Absorb(ProofHeader.Elements(key.VerifyingKey, trace.Instances));
        transcript.Absorb(ProofHeader.PublicValues(trace.PublicValues.AsSpan()));
    }

    public void Dispose() => buffers.Dispose();

    public Proof Prove()
    {
        // 2. Commit to the trace.
        Report(ProvingStage.CommitTrace);
        var masks = randomness?.Matrix(shape.LogHeights.Length, Extension5.Degree);
        var mains = PerTable((table, layout) => Blind(InputTree.Main, table, WithMask(table, layout, masks)));
        var mainTree = Commit(InputTree.Main, Extend(mains));
        channel.Send(StepName.MainCommitment, mainTree!.Root);

        // 3. Draw α and β; commit to the sums of the messages' fractions; send the terminals.
        Report(ProvingStage.CommitPermutation);
        var bus = channel.Draw(StepName.LogUpChallenges, ProtocolSteps.LogUpChallengeCount);
        var fingerprint = new Fingerprint<PackedExtension5>(PackedExtension5.Broadcast(bus[0]), PackedExtension5.Broadcast(bus[1]));
        var terminals = new Extension5[shape.LogHeights.Length];
        var totals = PerTable((table, layout) => layout.Leads ? buffers.Zeros<Extension5>(1 << shape.LogHeights[table]) : []); // Σh of each row, over a group
        var fractions = PerTable((table, layout) => PermutationTrace.Of(
            layout, shape.MaskOf(table), mains[table].Values, key.Preprocessed[table], 1 << shape.LogHeights[table], fingerprint, hooks, totals[layout.Group.Leader], buffers, cancellation));
        var permutations = PerTable((table, layout) =>
        {
            if (layout.HasSum)
                terminals[table] = PermutationTrace.Sum(fractions[table], layout.SumColumn, totals[table]);
            hooks.OnPermutation(table, fractions[table], ref terminals[table]);
            return Blind(InputTree.Permutation, table, fractions[table]);
        });
        var permutationTree = Commit(InputTree.Permutation, Extend(permutations));
        if (permutationTree is not null)
            channel.Send(StepName.PermutationCommitment, permutationTree.Root);
        if (!shape.Terminals.IsEmpty)
            channel.Send(StepName.Terminals, shape.Terminals.Select(table => terminals[table]).ToArray());

        // 4. Draw λ; commit to the quotients of the folded constraints.
        Report(ProvingStage.CommitQuotient);
        var constraintChallenge = channel.Draw(StepName.ConstraintChallenge);
        var quotients = new Dictionary<CommittedMatrix, Matrix>(); // by their coefficients
        foreach (var quotient in shape.Quotients)
            AddQuotient(quotient, quotients, (table, powers) => QuotientOf(table, Committed, OnCoset, fingerprint, powers, terminals[table]), constraintChallenge);
        foreach (var codeword in shape.Matrices.Where(matrix => matrix.Content == MatrixContent.RandomCodeword))
            quotients.Add(codeword, CommittedColumns.Padded(RandomCodeword(codeword)));
        var quotientTree = Commit(
            InputTree.Quotient,
            shape.Matrices.Where(matrix => matrix.Tree == InputTree.Quotient).Select(matrix => CommittedColumns.Evaluate(quotients[matrix], matrix.LogDomain, buffers)));
        channel.Send(StepName.QuotientCommitment, quotientTree!.Root);

        Matrix Committed(InputTree kind, int table, int logDomain) => kind == InputTree.Main
            ? Codeword(mainTree, kind, table, mains, logDomain)
            : Codeword(permutationTree, kind, table, permutations, logDomain);

        Matrix OnCoset(InputTree kind, int table, KoalaBear shift)
        {
            if (!onCosets.TryGetValue((kind, table, shift), out var there))
                onCosets.Add((kind, table, shift), there = (kind == InputTree.Main ? mains : permutations)[table].OnCoset(shift));
            return there;
        }

        // 5. Draw ζ; open every column at its points.
        Report(ProvingStage.Open);
        var point = channel.Draw(StepName.OutOfDomainPoint);
        var opened = Open(point, mains, permutations, quotients);
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
                buffers,
                cancellation),
            channel,
            hooks,
            buffers,
            cancellation);

        // 7. Draw the query indices; open every commitment there.
        Report(ProvingStage.Query);
        channel.Grind(StepName.QueryGrinding);
        var indices = channel.DrawIndices(shape.LogDomain);
        var trees = inputs.Concat(folds);
        return new(
            trace.Instances,
            channel.Messages,
            [.. trees.Select(tree => Pruning<TPermutation>.Open(tree, indices.Select(index => index >> (shape.LogDomain - tree.Shape.Depth))))],
            key.VerifyingKey.IsHiding);
    }

    /// <summary>
    /// The sum of the parts of its tables, cut into chunks of B: q = Σ X^(iB) qᵢ; five columns a chunk. Hiding, q is the quotient + V(3X), and chunk i is
    /// qᵢ + X^B·bᵢ − bᵢ₋₁.
    /// </summary>
    private void AddQuotient(QuotientShape shape, Dictionary<CommittedMatrix, Matrix> quotients, Func<int, Extension5[], Matrix> partOf, Extension5 constraintChallenge)
    {
        var constraints = shape.Tables.Select(table => key.VerifyingKey.Tables[table].Layout.FoldedConstraints).ToArray();
        var powers = new Extension5[constraints.Sum()];
        FieldAlgorithms.Powers(constraintChallenge, powers);
        var quotient = buffers.Zeros((int)BitOperations.RoundUpToPowerOf2((uint)shape.Length), Extension5.Degree);
        var above = powers.Length;
        for (var i = 0; i < constraints.Length; i++)
        {
            above -= constraints[i];
            var part = partOf(shape.Tables[i], powers[above..(above + constraints[i])]);
            for (var j = 0; j < part.Data.Length; j++)
                quotient.Data[j] += part.Data[j];
        }

        if (shape.Mask is { } mask)
        {
            // V(3X), its coefficient j times 3^j.
            var coefficients = hooks.OnBlinding(mask, randomness!.Matrix(key.VerifyingKey.Parameters.DegreeBound(shape.LogDomain), mask.Width));
            quotients.Add(mask, CommittedColumns.Padded(coefficients));
            var power = KoalaBear.One;
            for (var row = 0; row < Math.Min(coefficients.Height, quotient.Height); row++, power *= KoalaBear.Generator)
            {
                for (var column = 0; column < mask.Width; column++)
                    quotient[row, column] += coefficients[row, column] * power;
            }
        }

        var kept = Math.Min(shape.Chunks * shape.ChunkLength, quotient.Height);
        var between = shape.Mask is null ? null : hooks.OnBlinding(shape.Matrix, randomness!.Matrix(BlindingCounts.OfChunk(key.VerifyingKey.Parameters), (shape.Chunks - 1) * Extension5.Degree));
        var chunks = buffers.Zeros((int)BitOperations.RoundUpToPowerOf2((uint)(shape.ChunkLength + (between?.Height ?? 0))), shape.Matrix.Width);
        for (var row = 0; row < kept; row++)
            quotient.Row(row).CopyTo(chunks.Row(row % shape.ChunkLength)[(row / shape.ChunkLength * Extension5.Degree)..]);
        for (var row = 0; row < (between?.Height ?? 0); row++)
        {
            var own = between!.Row(row);
            for (var column = 0; column < own.Length; column++)
            {
                chunks[shape.ChunkLength + row, column] += own[column];
                chunks[row, column + Extension5.Degree] -= own[column];
            }
        }

        quotients.Add(shape.Matrix, chunks);
    }

    /// <summary>
    /// The coefficients of a table's part of a quotient. Where they are a few more than the points that its columns are committed on, the columns are evaluated on one more coset
    /// of the trace domain, instead of on twice as many points.
    /// </summary>
    private Matrix QuotientOf(
        int table,
        Func<InputTree, int, int, Matrix> committed,
        Func<InputTree, int, KoalaBear, Matrix> onCoset,
        Fingerprint<PackedExtension5> fingerprint,
        Extension5[] powers,
        Extension5 terminal)
    {
        using var scratch = new BufferLease();
        var layout = key.VerifyingKey.Tables[table].Layout;
        var logHeight = shape.LogHeights[table];
        var logPeriod = key.VerifyingKey.Tables[table].LogPeriod;
        var logCoset = shape.LogQuotientDomain(table);
        var rows = QuotientInterpolation.Rows(shape.QuotientLength(table), logCoset);
        var half = 1 << (logCoset - 1);
        var values = scratch.Matrix(rows, Extension5.Degree);
        if (rows < 2 * half && rows - half <= 1 << logHeight && logCoset - 1 == ProofShape.LogDomainOf(key.VerifyingKey.Parameters, logHeight))
        {
            var shift = KoalaBear.Generator * KoalaBear.TwoAdicRoot(logCoset);
            var (low, high) = (scratch.Matrix(half, Extension5.Degree), scratch.Matrix(rows - half, Extension5.Degree));
            On(logCoset - 1, KoalaBear.Generator, low, (kind, other) => committed(kind, other, logCoset - 1));
            On(logHeight, shift, high, (kind, other) => onCoset(kind, other, shift));
            low.Data.CopyTo(values.Data, 0);
            high.Data.CopyTo(values.Data, low.Data.Length);
        }
        else
        {
            On(logCoset, KoalaBear.Generator, values, (kind, other) => committed(kind, other, logCoset));
        }

        var quotient = QuotientInterpolation.Interpolate(values, logCoset, buffers);
        hooks.OnQuotient(table, quotient);

        var kept = Math.Min(shape.QuotientLength(table), quotient.Height);
        if (hooks.ChecksItself && quotient.Data.AsSpan(kept * Extension5.Degree).ContainsAnyExcept(KoalaBear.Zero))
            throw new InvalidOperationException($"compiler bug: the quotient of {layout.Chip.Name} is too long; the trace does not satisfy the constraints");
        return quotient;

        // On the first rows of the coset shift·⟨ω⟩ of 2^log points.
        void On(int log, KoalaBear shift, Matrix there, Func<InputTree, int, Matrix> columns)
        {
            var coefficients = key.PreprocessedCoefficients[table];
            var preprocessed = scratch.Matrix(coefficients.Height << (log - logHeight), coefficients.Width);
            if (coefficients.Width > 0)
                Ntt.Evaluate(coefficients, preprocessed, shift.Pow(1ul << (logHeight - logPeriod)), RowOrder.BitReversed);
            var helpers = new HelperRows(
                columns(InputTree.Permutation, table),
                layout.ReadsInstance ? columns(InputTree.Permutation, layout.Group.Leader) : null,
                layout.HasSum ? [.. layout.Group.Members.Where(other => other != table && ColumnsOf(other) > 0).Select(other => (columns(InputTree.Permutation, other), ColumnsOf(other)))] : []);
            new QuotientValues(layout, logHeight, logPeriod, SelectorsOn(logHeight, log, shift), shape.MaskOf(table), key.VerifyingKey.Tables[layout.Group.Leader].Layout.InstanceColumn)
                .Evaluate(columns(InputTree.Main, table), helpers, preprocessed, fingerprint, powers, terminal, there, cancellation);
        }

        int ColumnsOf(int other) => key.VerifyingKey.Tables[other].Layout.HelperColumns;
    }

    private CosetSelectors SelectorsOn(int logHeight, int logCoset, KoalaBear shift)
    {
        var coset = (logHeight, logCoset, shift);
        if (!selectors.TryGetValue(coset, out var there))
            selectors.Add(coset, there = new(logHeight, logCoset, shift, buffers));
        return there;
    }

    /// <summary>A table's main rows; where its terminal is masked, with the columns that hold its mask and the one before on the last row.</summary>
    private Matrix WithMask(int table, TableLayout layout, Matrix? masks)
    {
        var main = trace.Main[table];
        if (layout.HasMask)
        {
            var widened = buffers.Zeros(main.Height, layout.MainWidth);
            for (var row = 0; row < main.Height; row++)
                main.Row(row).CopyTo(widened.Row(row));
            var numbers = shape.MaskOf(table);
            masks!.Row(numbers.Own).CopyTo(widened.Row(main.Height - 1)[layout.MaskColumn..]);
            masks.Row(numbers.Previous).CopyTo(widened.Row(main.Height - 1)[(layout.MaskColumn + Extension5.Degree)..]);
            main = widened;
        }

        hooks.OnMain(table, main);
        return main;
    }

    private CommittedColumns Blind(InputTree tree, int table, Matrix values)
    {
        var blinding = randomness?.Matrix(BlindingCounts.OfColumn(key.VerifyingKey.Parameters), values.Width);
        return new(values, blinding is not null && shape.MatrixOf(tree, table) is { } matrix ? hooks.OnBlinding(matrix, blinding) : blinding, buffers);
    }

    /// <summary>Five polynomials over the base field, uniform under the degree bound of the longest codewords.</summary>
    private Matrix RandomCodeword(CommittedMatrix matrix) =>
        hooks.OnBlinding(matrix, randomness!.Matrix(key.VerifyingKey.Parameters.DegreeBound(matrix.LogDomain), matrix.Width));

    private Extension5[] Open(Extension5 point, CommittedColumns[] mains, CommittedColumns[] permutations, Dictionary<CommittedMatrix, Matrix> quotients)
    {
        var opened = new Extension5[shape.OpenedValues];
        var openings = shape.Matrices.SelectMany(matrix => Enumerable.Range(0, matrix.Points.Length).Select(i => (matrix, i))).ToArray();
        Ranges.Run(openings.Length, 1, (from, to) =>
        {
            for (var k = from; k < to; k++)
            {
                var (matrix, i) = openings[k];
                var z = matrix.PointOf(i).Of(point);
                var values = matrix.Tree switch
                {
                    InputTree.Preprocessed => ColumnEvaluation.AtPoint(key.PreprocessedCoefficients[matrix.Table], z),
                    InputTree.Main => mains[matrix.Table].AtPoint(z),
                    InputTree.Permutation => permutations[matrix.Table].AtPoint(z),
                    _ => ColumnEvaluation.AtPoint(quotients[matrix], z),
                };
                values.CopyTo(opened, matrix.FirstValueAt(i));
            }
        }, cancellation);
        return opened;
    }

    /// <summary>What is made of each table that is there; nothing where a table is absent.</summary>
    private T[] PerTable<T>(Func<int, TableLayout, T> make)
    {
        var matrices = new T[shape.LogHeights.Length];
        foreach (var table in shape.Present)
        {
            cancellation.ThrowIfCancellationRequested();
            matrices[table] = make(table, key.VerifyingKey.Tables[table].Layout);
        }

        return matrices;
    }

    private IEnumerable<Matrix> Extend(CommittedColumns[] columns) =>
        shape.Present.Select(table => columns[table].Extend(ProofShape.LogDomainOf(key.VerifyingKey.Parameters, shape.LogHeights[table])));

    /// <summary>Commits to codewords and, hiding, to salts beside the longest.</summary>
    private MerkleTree<TPermutation>? Commit(InputTree tree, IEnumerable<Matrix> codewords) => shape.CommitmentOf(tree) < 0
        ? null
        : MerkleTree<TPermutation>.Commit(
            [.. codewords.Where(matrix => matrix.Width > 0), .. shape.SaltsOf(tree).Select(salts => randomness!.Matrix(1 << salts.LogHeight, salts.Width))],
            buffers);

    /// <summary>A table's codewords; evaluated anew where the quotient needs more points than are committed to.</summary>
    private Matrix Codeword(MerkleTree<TPermutation>? tree, InputTree kind, int table, CommittedColumns[] columns, int logDomain)
    {
        if (shape.MatrixOf(kind, table) is { } matrix && matrix.LogDomain >= logDomain)
            return tree!.Matrices[matrix.Position];
        if (!extended.TryGetValue((kind, table, logDomain), out var there))
            extended.Add((kind, table, logDomain), there = columns[table].Extend(logDomain));
        return there;
    }

    private void Report(ProvingStage stage)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new(stage, (double)stage / ((int)ProvingStage.Query + 1)));
    }
}
