using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Fri;
using ProvingLayer.Stark.Hiding;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.LogUp;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Stark.Protocol;

/// <summary>The commitments that FRI opens, in the order in which their terms are batched.</summary>
internal enum InputTree
{
    Preprocessed,
    Main,
    Permutation,
    Quotient,
}

/// <summary>Where a matrix is opened. H is the height of the matrix, g its domain's generator.</summary>
internal enum OpeningPoint
{
    /// <summary>ζ.</summary>
    Point,

    /// <summary>gζ.</summary>
    Next,

    /// <summary>ζ^N, for polynomials over one period.</summary>
    Folded,

    /// <summary>gζ^N, g generating the period's domain.</summary>
    FoldedNext,

    /// <summary>3ζ, for the mask of a quotient: 3x is no point of a codeword's domain for any x that is one.</summary>
    Shifted,
}

/// <summary>What a committed matrix holds.</summary>
internal enum MatrixContent
{
    /// <summary>Columns of one table.</summary>
    Columns,

    /// <summary>The chunks of a quotient.</summary>
    Chunks,

    /// <summary>V: what masks a quotient.</summary>
    QuotientMask,

    /// <summary>What masks the words of FRI.</summary>
    RandomCodeword,
}

/// <summary>A commitment that FRI opens.</summary>
/// <param name="Tree">What it holds.</param>
/// <param name="Group">Of the commitments to preprocessed columns, which one; otherwise 0.</param>
/// <param name="Shape">The shape of its tree.</param>
internal sealed record InputCommitment(InputTree Tree, int Group, MerkleShape Shape);

/// <summary>One committed matrix.</summary>
/// <param name="Tree">What its commitment holds.</param>
/// <param name="Content">What itself holds.</param>
/// <param name="Commitment">Its commitment, by its number among those that FRI opens.</param>
/// <param name="Position">Its place in that commitment.</param>
/// <param name="Table">The table it belongs to, by its number in the key; -1 for what is committed to with the quotients, which belongs to no single one.</param>
/// <param name="LogHeight">log₂ H of the domain that its columns live on: the table's rows, or one period's; of what belongs to no table, ρ's power of two times n.</param>
/// <param name="LogDomain">log₂ n of the points that its columns are extended to. Groups of FRI and layers of Merkle trees go by n.</param>
/// <param name="LogInstances">log₂ N of its table: what folded points are powers by.</param>
/// <param name="Width">Columns.</param>
/// <param name="Points">Where it is opened.</param>
/// <param name="FirstValue">Where its values begin among all opened values: point by point, column by column.</param>
internal sealed record CommittedMatrix(
    InputTree Tree,
    MatrixContent Content,
    int Commitment,
    int Position,
    int Table,
    int LogHeight,
    int LogDomain,
    int LogInstances,
    int Width,
    ImmutableArray<OpeningPoint> Points,
    int FirstValue)
{
    /// <summary>Which point it is opened at.</summary>
    public PointName PointOf(int point) => OpeningPoints.Name(Points[point], LogHeight, LogInstances);

    /// <summary>Where the values at a point begin among all opened values.</summary>
    public int FirstValueAt(int point) => FirstValue + (point * Width);
}

/// <summary>
/// The quotient of all tables whose columns lie on one domain: Σ λ^e Cₑ / (X^H − 1), e running on through the constraints of all of them, H the height of the
/// table that a constraint belongs to. It is a polynomial only if each constraint vanishes on its own table's rows: all these trace domains lie in
/// that of the tallest, and Cₑ·(X^Hmax − 1)/(X^H − 1) vanishes there exactly if Cₑ does on its own. All committed matrices of these tables lie on this domain
/// too, so what a query opens of them and of the chunks is at one point.
/// </summary>
/// <param name="LogDomain">log₂ n of the domain.</param>
/// <param name="Tables">The tables, in the order in which their constraints are folded.</param>
/// <param name="Length">The most coefficients that it has.</param>
/// <param name="ChunkLength">B: coefficients in one chunk.</param>
/// <param name="Matrix">Its chunks, five columns each.</param>
/// <param name="Mask">V of a hiding proof, five columns: the chunks are of the quotient + V(3X).</param>
internal sealed record QuotientShape(int LogDomain, ImmutableArray<int> Tables, int Length, int ChunkLength, CommittedMatrix Matrix, CommittedMatrix? Mask)
{
    /// <summary>c.</summary>
    public int Chunks => Matrix.Width / Algebra.Extension5.Degree;
}

/// <summary>
/// Everything about a proof that key, presence and log N determine: heights, matrices, points, folds, the list of messages. Nothing of it is taken
/// from a proof.
/// </summary>
internal sealed class ProofShape
{
    private readonly CommittedMatrix?[,] byTable;

    public ProofShape(VerifyingKey key, InstanceCounts instances)
    {
        Key = key;
        Instances = instances;
        var parameters = key.Parameters;
        LogHeights = [.. key.Tables.Select(table => table.LogHeight(instances))];
        Present = [.. Enumerable.Range(0, key.Tables.Length).Where(table => LogHeights[table] >= 0)];

        byTable = new CommittedMatrix?[Enum.GetValues<InputTree>().Length, key.Tables.Length];
        var matrices = ImmutableArray.CreateBuilder<CommittedMatrix>();
        var inputs = ImmutableArray.CreateBuilder<InputCommitment>();
        var quotients = ImmutableArray.CreateBuilder<QuotientShape>();
        var values = 0;
        foreach (var (tree, group) in Groups(key))
        {
            var first = matrices.Count;
            foreach (var table in tree == InputTree.Quotient ? [] : Present)
            {
                var layout = key.Tables[table].Layout;
                var width = WidthIn(tree, layout);
                if (width == 0 || (tree == InputTree.Preprocessed && VerifyingKey.PreprocessedGroupOf(key.Tables[table], key.Circuits) != group))
                    continue;
                var height = tree == InputTree.Preprocessed ? key.Tables[table].LogPeriod : LogHeights[table];
                var logInstances = LogHeights[table] - key.Tables[table].LogPeriod;
                byTable[(int)tree, table] = Add(tree, MatrixContent.Columns, first, table, height, LogDomainOf(parameters, height), logInstances, width, PointsIn(tree, layout, logInstances > 0));
            }

            if (tree == InputTree.Quotient)
            {
                foreach (var tables in Present.GroupBy(table => LogDomainOf(parameters, LogHeights[table])).OrderByDescending(tables => tables.Key))
                    quotients.Add(QuotientOf(tables.Key, [.. tables], first));

                // The random codeword is committed with the quotients, on the longest domain there is; masks, opened elsewhere, come last.
                if (parameters.IsHiding)
                {
                    Unowned(MatrixContent.RandomCodeword, first, matrices.Max(matrix => matrix.LogDomain), BlindingCounts.CodewordWidth, OpeningPoint.Point);
                    for (var i = 0; i < quotients.Count; i++)
                        quotients[i] = quotients[i] with { Mask = Unowned(MatrixContent.QuotientMask, first, quotients[i].LogDomain, BlindingCounts.QuotientMaskWidth, OpeningPoint.Shifted) };
                }
            }

            if (matrices.Count > first)
            {
                var own = matrices.Skip(first).Select(matrix => new MatrixShape(matrix.LogDomain, matrix.Width)).ToArray();
                inputs.Add(new(tree, group, new(own.Concat(IsSalted(tree) ? SaltsBeside(own) : []))));
            }
        }

        Matrices = matrices.ToImmutable();
        Quotients = quotients.ToImmutable();
        Inputs = inputs.ToImmutable();
        OpenedValues = values;
        LogDomain = Matrices.Max(matrix => matrix.LogDomain);
        Terminals = [.. Present.Where(table => key.Tables[table].Layout.HasSum)];
        Rounds = FriSchedule.Of(parameters, Matrices.Select(matrix => matrix.LogDomain));
        FoldTrees = [.. Rounds.Select(round => new MerkleShape([new(round.LogFolded, round.Arity * Algebra.Extension5.Degree)]))];
        Steps = ProtocolSteps.Of(parameters, Terminals.Length, OpenedValues, Present.Sum(table => key.Tables[table].Layout.PermutationWidth), Rounds.Length);
        MessageElements = Steps.Sum(step => step.SentElements());

        CommittedMatrix Add(
            InputTree tree, MatrixContent content, int first, int table, int logHeight, int logDomain, int logInstances, int width, ImmutableArray<OpeningPoint> points)
        {
            var matrix = new CommittedMatrix(tree, content, inputs.Count, matrices.Count - first, table, logHeight, logDomain, logInstances, width, points, values);
            values += width * points.Length;
            matrices.Add(matrix);
            return matrix;
        }

        CommittedMatrix Unowned(MatrixContent content, int first, int logDomain, int width, OpeningPoint point) =>
            Add(InputTree.Quotient, content, first, -1, logDomain - parameters.LogBlowup, logDomain, 0, width, [point]);

        QuotientShape QuotientOf(int logDomain, ImmutableArray<int> tables, int first)
        {
            var length = tables.Max(QuotientLength);
            if (!parameters.IsHiding)
            {
                // All heights of the domain are one; B is that height.
                var height = 1 << (logDomain - parameters.LogBlowup);
                return new(logDomain, tables, length, height, Unowned(MatrixContent.Chunks, first, logDomain, length / height * Algebra.Extension5.Degree, OpeningPoint.Point), null);
            }

            length = Math.Max(length, parameters.DegreeBound(logDomain)); // that of V
            var chunks = BlindingCounts.Chunks(parameters, length, logDomain);
            return new(
                logDomain,
                tables,
                length,
                BlindingCounts.ChunkLength(length, chunks),
                Unowned(MatrixContent.Chunks, first, logDomain, chunks * Algebra.Extension5.Degree, OpeningPoint.Point),
                null);
        }
    }

    public VerifyingKey Key { get; }

    /// <summary>How often each circuit is there.</summary>
    public InstanceCounts Instances { get; }

    /// <summary>log₂ of the height of each of the key's tables; −1 for those of a circuit that is absent.</summary>
    public ImmutableArray<int> LogHeights { get; }

    /// <summary>The tables that are there, by their number in the key.</summary>
    public ImmutableArray<int> Present { get; }

    /// <summary>All committed matrices: tree by tree, table by table.</summary>
    public ImmutableArray<CommittedMatrix> Matrices { get; }

    /// <summary>The quotients, one for each domain that columns lie on, longest first.</summary>
    public ImmutableArray<QuotientShape> Quotients { get; }

    /// <summary>The commitments that FRI opens, in the order of their openings in the proof; one without columns is not there.</summary>
    public ImmutableArray<InputCommitment> Inputs { get; }

    /// <summary>log₂ of the points of the longest codeword; queries draw as many bits.</summary>
    public int LogDomain { get; }

    /// <summary>Opened values: extension elements, over all matrices, points and columns.</summary>
    public int OpenedValues { get; }

    /// <summary>The tables that have a LogUp terminal: the leader of each group of tables of one height.</summary>
    public ImmutableArray<int> Terminals { get; }

    /// <summary>The folds.</summary>
    public ImmutableArray<FriRound> Rounds { get; }

    /// <summary>The commitment of each fold: one row holds the points that fold to one.</summary>
    public ImmutableArray<MerkleShape> FoldTrees { get; }

    /// <summary>The conversation after the header.</summary>
    public ImmutableArray<ProtocolStep> Steps { get; }

    /// <summary>Base field elements of all messages and nonces.</summary>
    public int MessageElements { get; }

    /// <summary>
    /// log₂ of the points to which the columns of a table of this height are extended. Blinded columns need room under the degree bound;
    /// preprocessed ones, of degree below their period, lie where a proof of one instance has its table's others: so it has no lengths beside those.
    /// </summary>
    public static int LogDomainOf(ProofParameters parameters, int logHeight) =>
        parameters.IsHiding ? BlindingCounts.LogDomain(parameters, logHeight) : logHeight + parameters.LogBlowup;

    /// <summary>The salts of a commitment, which follow its matrices.</summary>
    public IEnumerable<MatrixShape> SaltsOf(InputTree tree) => IsSalted(tree)
        ? SaltsBeside(Matrices.Where(matrix => matrix.Tree == tree).Select(matrix => new MatrixShape(matrix.LogDomain, matrix.Width)))
        : [];

    /// <summary>The most coefficients that a table's part of a quotient has: of a constraint of degree d divided by X^H − 1 below (d − 1)·H; hiding, more.</summary>
    public int QuotientLength(int table)
    {
        var degree = Key.Tables[table].Layout.Degree;
        return Key.IsHiding ? BlindingCounts.QuotientLength(Key.Parameters, degree, LogHeights[table]) : (degree - 1) << LogHeights[table];
    }

    /// <summary>log₂ of the points on which the prover evaluates a table's part of a quotient: as many as it has coefficients.</summary>
    public int LogQuotientDomain(int table) => 32 - BitOperations.LeadingZeroCount((uint)QuotientLength(table) - 1);

    /// <summary>A table's place in the ring of masks, among the tables present that have one.</summary>
    public MaskNumbers MaskOf(int table)
    {
        var before = Present.Count(other => other < table && Key.Tables[other].Layout.HasMask);
        var all = Present.Count(other => Key.Tables[other].Layout.HasMask);
        return new(before, all == 0 ? 0 : (before + all - 1) % all);
    }

    /// <summary>The number of the commitment to what a stage of the proof makes; −1 where it has no columns.</summary>
    public int CommitmentOf(InputTree tree)
    {
        for (var i = 0; i < Inputs.Length; i++)
        {
            if (Inputs[i].Tree == tree)
                return i;
        }

        return -1;
    }

    /// <summary>The matrix of a table in a commitment, or null where it has no columns. Quotients are not of one table.</summary>
    public CommittedMatrix? MatrixOf(InputTree tree, int table) => byTable[(int)tree, table];

    /// <summary>log₂ of the lengths of codewords present, longest first.</summary>
    public IEnumerable<int> DomainsPresent() => Matrices.Select(matrix => matrix.LogDomain).Distinct().OrderDescending();

    /// <summary>The matrices whose codewords have a length, in the order in which their terms are batched.</summary>
    public IEnumerable<CommittedMatrix> MatricesOn(int logDomain) => Matrices.Where(matrix => matrix.LogDomain == logDomain);

    /// <summary>
    /// The terms of one length in the order of their exponents, a matrix's columns one after the other: tree by tree, first all matrices at their first point, then those
    /// that have a second one. So the columns of a tree's concatenated row follow one another at the point they share.
    /// </summary>
    public IEnumerable<(CommittedMatrix Matrix, int Point)> TermsOn(int logDomain) =>
        from tree in MatricesOn(logDomain).GroupBy(matrix => matrix.Commitment)
        from point in Enumerable.Range(0, tree.Max(matrix => matrix.Points.Length))
        from matrix in tree
        where point < matrix.Points.Length
        select (matrix, point);

    /// <summary>What of this shape enters the security level.</summary>
    public SoundnessShape Soundness()
    {
        var layouts = Present.Select(table => Key.Tables[table].Layout).ToArray();
        var fractions = Present.Sum(table => Math.ScaleB(Key.Tables[table].Layout.Interactions, LogHeights[table])) + Key.StatementCount;
        return new(
            LogDomain,
            Matrices.Sum(matrix => (long)matrix.Width * matrix.Points.Length),
            layouts.Sum(layout => (long)layout.FoldedConstraints),
            layouts.Max(layout => layout.Degree),
            Matrices.Max(matrix => matrix.Points.Length),
            fractions,
            layouts.Max(layout => layout.MessageWidth),
            [.. Rounds.Select(round => round.LogArity)]);
    }

    /// <summary>Hiding proofs salt the commitments to private columns.</summary>
    private bool IsSalted(InputTree tree) => Key.IsHiding && tree != InputTree.Preprocessed;

    /// <summary>Beside the longest codewords four random elements a row; beside none where there are none.</summary>
    private static IEnumerable<MatrixShape> SaltsBeside(IEnumerable<MatrixShape> matrices) =>
        matrices.Select(matrix => matrix.LogHeight).OrderDescending().Take(1).Select(log => new MatrixShape(log, BlindingCounts.SaltWidth));

    /// <summary>The commitments in the order of their batching: those to preprocessed columns, then what the proof commits to.</summary>
    private static IEnumerable<(InputTree Tree, int Group)> Groups(VerifyingKey key) => Enumerable
        .Range(0, key.PreprocessedRoots.Length).Select(group => (InputTree.Preprocessed, group))
        .Concat(Enum.GetValues<InputTree>().Where(tree => tree != InputTree.Preprocessed).Select(tree => (tree, 0)));

    private static int WidthIn(InputTree tree, TableLayout layout) => tree switch
    {
        InputTree.Preprocessed => layout.Chip.PreprocessedColumns.Length,
        InputTree.Main => layout.MainWidth,
        _ => layout.PermutationWidth,
    };

    /// <summary>S and the instance column are the only witness columns read on the next row, so the matrices that have one alone are opened at gζ.</summary>
    private static ImmutableArray<OpeningPoint> PointsIn(InputTree tree, TableLayout layout, bool folds) => tree switch
    {
        // For N = 1, ζ^N is ζ: naming it so lets matrices of one height share its inverse differences.
        InputTree.Preprocessed when folds => layout.Chip.ReadsNextPreprocessedRow ? [OpeningPoint.Folded, OpeningPoint.FoldedNext] : [OpeningPoint.Folded],
        InputTree.Preprocessed => layout.Chip.ReadsNextPreprocessedRow ? [OpeningPoint.Point, OpeningPoint.Next] : [OpeningPoint.Point],
        InputTree.Permutation when layout.HasSum || layout.HasInstance => [OpeningPoint.Point, OpeningPoint.Next],
        _ => [OpeningPoint.Point],
    };
}
