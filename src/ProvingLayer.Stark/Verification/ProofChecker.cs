using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Stark.Hiding;
using ProvingLayer.Stark.LogUp;
using ProvingLayer.Stark.Protocol;

namespace ProvingLayer.Stark.Verification;

/// <summary>
/// The verifier's text: written once, over an engine. The steps carry the numbers of the prover's. What the shape determines has been checked
/// before: profile, log N, security level, lengths.
/// </summary>
internal sealed class ProofChecker<TEngine, TValue, TDigest, TOpening, TIndex>(TEngine engine, ProofShape shape)
    where TEngine : IVerifierEngine<TValue, TDigest, TOpening, TIndex>
    where TValue : struct, IRing<TValue>
{
    private readonly VerifierChannel<TEngine, TValue, TDigest, TOpening, TIndex> channel = new(engine, shape);

    public void Check()
    {
        // 1. Absorb the header: key, presence and log N, public values.
        engine.AbsorbHeader();

        // 2. Read the commitment to the trace.
        var roots = new TDigest[shape.Inputs.Length];
        for (var i = 0; i < roots.Length && shape.Inputs[i].Tree == InputTree.Preprocessed; i++)
            roots[i] = engine.PreprocessedRoot(shape.Inputs[i].Group);
        roots[shape.CommitmentOf(InputTree.Main)] = channel.ReceiveDigest(StepName.MainCommitment);

        // 3. Draw α and β; read the commitment to the sums and the terminals. Error L·M·(W + 2)/q.
        var bus = channel.Draw(StepName.LogUpChallenges, ProtocolSteps.LogUpChallengeCount);
        var fingerprint = new Fingerprint<TValue>(bus[0], bus[1]);
        if (shape.CommitmentOf(InputTree.Permutation) is >= 0 and var permutation)
            roots[permutation] = channel.ReceiveDigest(StepName.PermutationCommitment);
        var terminals = shape.Terminals.IsEmpty ? [] : channel.ReceiveValues(StepName.Terminals);
        CheckBalance(fingerprint, terminals);
        if (engine.HasRejected)
            return;

        // 4. Draw λ; read the commitment to the quotients. Error L·C/q.
        var constraintChallenge = channel.Draw(StepName.ConstraintChallenge);
        roots[shape.CommitmentOf(InputTree.Quotient)] = channel.ReceiveDigest(StepName.QuotientCommitment);

        // 5. Draw ζ; read every column at its points; check the constraints there. Error L²·(d(H + c − 1) + H − 1)/(q − H − 2n).
        var point = channel.Draw(StepName.OutOfDomainPoint);
        CheckPoint(point);
        var opened = channel.ReceiveValues(StepName.OpenedValues);
        foreach (var quotient in shape.Quotients)
        {
            if (engine.HasRejected)
                return;
            CheckConstraints(quotient, point, opened, fingerprint, constraintChallenge, terminals);
        }

        if (engine.HasRejected)
            return;

        // 6. Draw the batching challenge; read the folds and the final polynomial. Errors e(n)·(B − 1) and e(n/∏k)·k a fold.
        channel.CheckGrinding(StepName.BatchGrinding);
        var reduction = new PointReduction<TEngine, TValue, TDigest, TOpening, TIndex>(
            engine, shape, point, opened, channel.Draw(StepName.BatchChallenge));
        var foldRoots = new TDigest[shape.Rounds.Length];
        var foldChallenges = new TValue[shape.Rounds.Length];
        for (var round = 0; round < foldRoots.Length; round++)
        {
            foldRoots[round] = channel.ReceiveDigest(StepName.FoldCommitment);
            channel.CheckGrinding(StepName.FoldGrinding);
            foldChallenges[round] = channel.Draw(StepName.FoldChallenge);
        }

        var final = channel.ReceiveValues(StepName.FinalPolynomial);

        // 7. Draw the query indices; check each against every commitment. Error (1 − θ)^s.
        channel.CheckGrinding(StepName.QueryGrinding);
        if (engine.HasRejected)
            return;
        var indices = channel.DrawIndices();
        for (var query = 0; query < indices.Length && !engine.HasRejected; query++)
            CheckQuery(query, indices[query], roots, reduction, foldRoots, foldChallenges, final);
    }

    /// <summary>
    /// The terminals of all tables and the verifier's own messages add up to zero. The verifier sends each public value; the public chip receives
    /// it, so none can be dropped. Circuits with public values are proved once at a time. Of a history the verifier sends (0, from) and receives (n, to):
    /// what balances is one path of n steps between them (<see cref="Constraints.Chips.HistoryChip"/>).
    /// </summary>
    private void CheckBalance(Fingerprint<TValue> fingerprint, ReadOnlySpan<TValue> terminals)
    {
        var sum = TValue.Zero;
        foreach (var terminal in terminals)
            sum += terminal;
        var values = engine.PublicValues;
        if (shape.Key.IsHistory)
        {
            engine.AssertNonZero(values[^1], VerificationError.StepCount, "a history has at least one step");
            sum += Step(TValue.Zero, values[..Cells.Limbs]) - Step(values[^1], values.Slice(Cells.Limbs, Cells.Limbs));
            engine.AssertEqual(sum, TValue.Zero, VerificationError.BusImbalance, "terminals and the ends of the history do not cancel");
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            var index = TValue.FromBase(KoalaBear.FromCanonical((uint)i));
            var denominator = fingerprint.Of<TValue, PointAlgebra<TValue>>(Bus.Public, [index, values[i]]);
            sum += engine.Inverse(denominator, VerificationError.ZeroDenominator);
        }

        engine.AssertEqual(sum, TValue.Zero, VerificationError.BusImbalance, "terminals and public values do not cancel");

        TValue Step(TValue step, ReadOnlySpan<TValue> carry) => engine.Inverse(
            fingerprint.Of<TValue, PointAlgebra<TValue>>(Bus.History, [step, .. carry]), VerificationError.ZeroDenominator);
    }

    /// <summary>ζ lies in no trace domain and in no codeword's; ζ^N in none of the periods'. Else a denominator would be zero.</summary>
    private void CheckPoint(TValue point)
    {
        foreach (var matrix in shape.Matrices)
        {
            var height = OpeningPoints.PowerOfTwo(matrix.PointOf(0).Of(point), matrix.LogHeight);
            engine.AssertNonZero(height - TValue.One, VerificationError.PointInDomain, "the point lies in a trace domain");
            var codeword = OpeningPoints.PowerOfTwo(height, matrix.LogDomain - matrix.LogHeight);
            var coset = KoalaBear.Generator.Pow(1ul << matrix.LogDomain);
            engine.AssertNonZero(codeword - TValue.FromBase(coset), VerificationError.PointInDomain, "the point lies in a codeword's domain");
        }
    }

    /// <summary>Σ λ^e Cₑ(ζ) / (ζ^H − 1) + V(3ζ) = Σ ζ^(iB) qᵢ(ζ), B the length of a chunk; e runs through the constraints of all tables of the domain, each with its own H.</summary>
    private void CheckConstraints(
        QuotientShape quotient, TValue point, ReadOnlySpan<TValue> opened, Fingerprint<TValue> fingerprint, TValue constraintChallenge, ReadOnlySpan<TValue> terminals)
    {
        var sum = TValue.Zero;
        foreach (var table in quotient.Tables)
        {
            var layout = shape.Key.Tables[table].Layout;
            var terminal = layout.HasSum ? terminals[shape.Terminals.IndexOf(table)] : TValue.Zero;
            sum = (sum * OpeningPoints.Power(constraintChallenge, layout.FoldedConstraints)) + Folded(table, point, opened, fingerprint, constraintChallenge, terminal);
        }

        if (quotient.Mask is { } mask)
            sum += Extension(At(mask, 0, opened));
        var chunks = At(quotient.Matrix, 0, opened);
        var value = TValue.Zero;
        var step = OpeningPoints.Power(point, quotient.ChunkLength); // ζ^B
        for (var chunk = quotient.Chunks - 1; chunk >= 0; chunk--)
            value = (value * step) + Extension(chunks[(chunk * Extension5.Degree)..]);
        engine.AssertEqual(sum, value, VerificationError.ConstraintMismatch, string.Join(", ", quotient.Tables.Select(table => shape.Key.Tables[table].Chip)));
    }

    /// <summary>Σ λ^i Cᵢ(ζ) / (ζ^H − 1) over the constraints of one table, the last one's i zero.</summary>
    private TValue Folded(
        int table, TValue point, ReadOnlySpan<TValue> opened, Fingerprint<TValue> fingerprint, TValue constraintChallenge, TValue terminal)
    {
        var layout = shape.Key.Tables[table].Layout;
        var preprocessed = shape.MatrixOf(InputTree.Preprocessed, table);
        var permutation = shape.MatrixOf(InputTree.Permutation, table);
        var permutationRow = At(permutation, 0, opened);
        var permutationNext = layout.HasSum || layout.HasInstance ? At(permutation, 1, opened) : default;
        var leaderRow = At(shape.MatrixOf(InputTree.Permutation, layout.Group.Leader), 0, opened);
        var numerators = new TValue[layout.Interactions];
        var denominators = new TValue[layout.Interactions];
        var helpers = new TValue[layout.Groups.Length];
        for (var i = 0; i < helpers.Length; i++)
            helpers[i] = Extension(permutationRow[(i * Extension5.Degree)..]);
        var instance = layout.ReadsInstance ? leaderRow[shape.Key.Tables[layout.Group.Leader].Layout.InstanceColumn] : TValue.Zero;
        var folder = new PointFolder<TValue>
        {
            MainRow = At(shape.MatrixOf(InputTree.Main, table), 0, opened),
            PreprocessedRow = At(preprocessed, 0, opened),
            PreprocessedNextRow = layout.Chip.ReadsNextPreprocessedRow ? At(preprocessed, 1, opened) : default,
            Instance = instance,
            Fingerprint = fingerprint,
            Challenge = constraintChallenge,
            Numerators = numerators,
            Denominators = denominators,
        };
        layout.Chip.Constrain<TValue, PointFolder<TValue>>(ref folder);

        var selectors = SelectorsAt(table, point, layout);
        if (layout.HasMask)
        {
            TerminalMask.Write<TValue, TValue, PointAlgebra<TValue>>(
                fingerprint,
                folder.MainRow[layout.MaskColumn..],
                shape.MaskOf(table),
                selectors.IsLast,
                numerators.AsSpan(layout.MaskMessage),
                denominators.AsSpan(layout.MaskMessage));
        }

        var context = new RowContext<TValue, TValue>
        {
            Helpers = helpers,
            Others = layout.HasSum ? OtherHelpers(table, layout.Group, opened) : TValue.Zero,
            Sum = layout.HasSum ? Extension(permutationRow[layout.SumColumn..]) : TValue.Zero,
            SumNext = layout.HasSum ? Extension(permutationNext[layout.SumColumn..]) : TValue.Zero,
            Terminal = terminal,
            Instance = instance,
            InstanceNext = layout.HasInstance ? permutationNext[layout.InstanceColumn] : TValue.Zero,
            IsFirst = selectors.IsFirst,
            IsLast = selectors.IsLast,
            IsTransition = selectors.IsTransition,
            IsPeriodEnd = selectors.IsPeriodEnd,
        };
        LogUpConstraints<TValue, TValue, PointAlgebra<TValue>>.Fold(ref folder, layout, context, numerators, denominators);

        return folder.Folded * engine.Inverse(selectors.Vanishing, VerificationError.PointInDomain);
    }

    /// <summary>Σh at ζ over a leader's group but itself: base column by base column, as the sum of extension columns is the extension of sums.</summary>
    private TValue OtherHelpers(int leader, HeightGroup group, ReadOnlySpan<TValue> opened)
    {
        Span<TValue> columns = new TValue[Extension5.Degree];
        columns.Fill(TValue.Zero);
        foreach (var member in group.Members)
        {
            if (member == leader)
                continue;
            var helpers = At(shape.MatrixOf(InputTree.Permutation, member), 0, opened);
            for (var i = 0; i < shape.Key.Tables[member].Layout.HelperColumns; i++)
                columns[i % Extension5.Degree] += helpers[i];
        }

        return Extension(columns);
    }

    /// <summary>
    /// Lagrange polynomials at ζ. Of the domain of 2^log points at its element a: a·(Y^(2^log) − 1) / (2^log·(Y − a)), Y = ζ for the rows
    /// of the table and ζ^N for those of a period; both have ζ^H − 1 above the line.
    /// </summary>
    private Selectors SelectorsAt(int table, TValue point, TableLayout layout)
    {
        var logHeight = shape.LogHeights[table];
        var logPeriod = shape.Key.Tables[table].LogPeriod;
        var height = OpeningPoints.PowerOfTwo(point, logHeight);
        var vanishing = height - TValue.One;
        var last = KoalaBear.TwoAdicRoot(logHeight).Inverse();
        return new(
            vanishing,
            Lagrange(point, KoalaBear.One, logHeight),
            Lagrange(point, last, logHeight),
            point - TValue.FromBase(last),
            layout.HasInstance
                ? Lagrange(OpeningPoints.PowerOfTwo(point, logHeight - logPeriod), KoalaBear.TwoAdicRoot(logPeriod).Inverse(), logPeriod)
                : TValue.Zero);

        TValue Lagrange(TValue y, KoalaBear at, int log)
        {
            var factor = at * KoalaBear.FromCanonical(1u << log).Inverse();
            return TValue.Scale(vanishing * engine.Inverse(y - TValue.FromBase(at), VerificationError.PointInDomain), factor);
        }
    }

    /// <summary>One query: the reduced words of all heights from the opened rows, folded down to the final polynomial's value.</summary>
    private void CheckQuery(
        int query,
        TIndex index,
        TDigest[] roots,
        PointReduction<TEngine, TValue, TDigest, TOpening, TIndex> reduction,
        TDigest[] foldRoots,
        TValue[] foldChallenges,
        TValue[] final)
    {
        var commitment = 0;
        var openings = new TOpening[roots.Length];
        for (var tree = 0; tree < roots.Length; tree++)
        {
            var merkle = shape.Inputs[tree].Shape;
            openings[tree] = engine.Open(commitment++, merkle, roots[tree], query, index, shape.LogDomain - merkle.Depth);
        }

        // ω^rev(i) on the longest domain; on one of 2^-s the length the index is i >> s, and ω^rev(i) to the power 2^s.
        var power = engine.ReversedPower(KoalaBear.TwoAdicRoot(shape.LogDomain), index, shape.LogDomain);
        var inverse = engine.Inverse(power, VerificationError.PointInDomain);
        var folded = reduction.WordAt(shape.LogDomain, openings, power);
        var shift = 0;
        for (var round = 0; round < shape.Rounds.Length; round++)
        {
            var fold = shape.Rounds[round];
            var row = engine.Open(commitment++, shape.FoldTrees[round], foldRoots[round], query, index, shift + fold.LogArity);
            var (selected, next) = engine.Fold(row, index, shift, foldChallenges[round] * inverse);
            engine.AssertEqual(selected, folded, VerificationError.FoldMismatch, "a folded value is not the committed one");
            shift += fold.LogArity;
            power = OpeningPoints.PowerOfTwo(power, fold.LogArity);
            inverse = OpeningPoints.PowerOfTwo(inverse, fold.LogArity);
            folded = next;
            if (fold.RollsIn)
                folded += OpeningPoints.PowerOfTwo(foldChallenges[round], fold.LogArity) * reduction.WordAt(fold.LogFolded, openings, power);
        }

        var value = TValue.Zero;
        for (var i = final.Length - 1; i >= 0; i--)
            value = (value * power) + final[i];
        engine.AssertEqual(value, folded, VerificationError.FinalPolynomialMismatch, "the final polynomial has another value");
    }

    private static ReadOnlySpan<TValue> At(CommittedMatrix? matrix, int point, ReadOnlySpan<TValue> opened) =>
        matrix is null ? default : opened.Slice(matrix.FirstValueAt(point), matrix.Width);

    /// <summary>Σ X^j·columnⱼ: the value of an extension column whose five base columns have these values.</summary>
    private TValue Extension(ReadOnlySpan<TValue> columns)
    {
        var value = columns[0];
        var basis = Extension5.One;
        for (var j = 1; j < Extension5.Degree; j++)
        {
            basis *= Extension5.X;
            value += columns[j] * engine.Constant(basis);
        }

        return value;
    }

    private readonly record struct Selectors(TValue Vanishing, TValue IsFirst, TValue IsLast, TValue IsTransition, TValue IsPeriodEnd);
}
