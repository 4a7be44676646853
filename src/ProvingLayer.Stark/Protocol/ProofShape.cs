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
}

/// <summary>A commitment that FRI opens.</summary>
/// <param name="Tree">What it holds.</param>
/// <param name="Group">Of the commitments to preprocessed columns, which one; otherwise 0.</param>
/// <param name="Shape">The shape of its tree.</param>
internal sealed record InputCommitment(InputTree Tree, int Group, MerkleShape Shape);

/// <summary>One committed matrix.</summary>
/// <param name="Tree">What its commitment holds.</param>
/// <param name="Commitment">Its commitment, by its number among those that FRI opens.</param>
/// <param name="Position">Its place in that commitment.</param>
/// <param name="Table">The table it belongs to, by its number in the key; -1 for the random codeword of a hiding proof.</param>
/// <param name="LogHeight">log₂ H of the domain that its columns live on: the table's rows, or one period's.</param>
/// <param name="LogDomain">log₂ n of the points that its columns are extended to. Groups of FRI and layers of Merkle trees go by n.</param>
/// <param name="LogInstances">log₂ N of its table: what folded points are powers by.</param>
/// <param name="Width">Columns.</param>
/// <param name="Points">Where it is opened.</param>
/// <param name="FirstValue">Where its values begin among all opened values: point by point, column by column.</param>
internal sealed record CommittedMatrix(
    InputTree Tree, int Commitment, int Position, int Table, int LogHeight, int LogDomain, int LogInstances, int Width, ImmutableArray<OpeningPoint> Points, int FirstValue)
{
    /// <summary>Whether it is the random codeword, which belongs to no table.</summary>
    public bool IsRandomCodeword => Table < 0;

    /// <summary>Which point it is opened at.</summary>
    public PointName PointOf(int point) => OpeningPoints.Name(Points[point], LogHeight, LogInstances);

    /// <summary>Where the values at a point begin among all opened values.</summary>
    public int FirstValueAt(int point) => FirstValue + (point * Width);
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
        var values = 0;
        foreach (var (tree, group) in Groups(key))
        {
            var first = matrices.Count;
            foreach (var table in Present)
            {
                var layout = key.Tables[table].Layout;
                var width = WidthIn(tree, layout);
                if (width == 0 || (tree == InputTree.Preprocessed && VerifyingKey.PreprocessedGroupOf(key.Tables[table], key.Circuits) != group))
                    continue;
                var height = tree == InputTree.Preprocessed ? key.Tables[table].LogPeriod : LogHeights[table];
                var logInstances = LogHeights[table] - key.Tables[table].LogPeriod;
                var matrix = new CommittedMatrix(
                    tree, inputs.Count, matrices.Count - first, table, height, LogDomainOf(parameters, height), logInstances, width, PointsIn(tree, layout, logInstances > 0), values);
                values += width * matrix.Points.Length;
                byTable[(int)tree, table] = matrix;
                matrices.Add(matrix);
            }

            // The random codeword is committed with the quotients, on the longest domain there is.
            if (tree == InputTree.Quotient && parameters.IsHiding)
            {
                var longest = matrices.Max(matrix => matrix.LogDomain);
                matrices.Add(new(tree, inputs.Count, matrices.Count - first, -1, longest, longest, 0, BlindingCounts.CodewordWidth, [OpeningPoint.Point], values));
                values += BlindingCounts.CodewordWidth;
            }

            if (matrices.Count > first)
            {
                var own = matrices.Skip(first).Select(matrix => new MatrixShape(matrix.LogDomain, matrix.Width)).ToArray();
                inputs.Add(new(tree, group, new(own.Concat(IsSalted(tree) ? SaltsBeside(own) : []))));
            }
        }

        Matrices = matrices.ToImmutable();
        Inputs = inputs.ToImmutable();
        OpenedValues = values;
        LogDomain = Matrices.Max(matrix => matrix.LogDomain);
        Terminals = [.. Present.Where(table => key.Tables[table].Layout.HasInteractions)];
        Rounds = FriSchedule.Of(parameters, Matrices.Select(matrix => matrix.LogDomain));
        FoldTrees = [.. Rounds.Select(round => new MerkleShape([new(round.LogFolded, round.Arity * Algebra.Extension5.Degree)]))];
        Steps = ProtocolSteps.Of(parameters, Terminals.Length, OpenedValues, Present.Sum(table => key.Tables[table].Layout.PermutationWidth), Rounds.Length);
        MessageElements = Steps.Sum(step => step.SentElements());
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

    /// <summary>The commitments that FRI opens, in the order of their openings in the proof; one without columns is not there.</summary>
    public ImmutableArray<InputCommitment> Inputs { get; }

    /// <summary>log₂ of the points of the longest codeword; queries draw as many bits.</summary>
    public int LogDomain { get; }

    /// <summary>Opened values: extension elements, over all matrices, points and columns.</summary>
    public int OpenedValues { get; }

    /// <summary>The tables that have a LogUp terminal.</summary>
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

    /// <summary>B: coefficients of a table's quotient in one chunk.</summary>
    public int ChunkLength(int table) => Key.IsHiding
        ? BlindingCounts.ChunkLength(Key.Parameters, Key.Tables[table].Layout.Degree, Key.Tables[table].Layout.Chunks, LogHeights[table])
        : 1 << LogHeights[table];

    /// <summary>log₂ of the points on which the prover evaluates a table's quotient: as many as it has coefficients.</summary>
    public int LogQuotientDomain(int table)
    {
        var layout = Key.Tables[table].Layout;
        var length = Key.IsHiding
            ? BlindingCounts.QuotientLength(Key.Parameters, layout.Degree, LogHeights[table])
            : layout.Chunks << LogHeights[table];
        return 32 - BitOperations.LeadingZeroCount((uint)length - 1);
    }

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

    /// <summary>The matrix of a table in a commitment, or null where it has no columns.</summary>
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

    /// <summary>For each length of codewords present one row of four random elements a row.</summary>
    private static IEnumerable<MatrixShape> SaltsBeside(IEnumerable<MatrixShape> matrices) =>
        matrices.Select(matrix => matrix.LogHeight).Distinct().OrderDescending().Select(log => new MatrixShape(log, BlindingCounts.SaltWidth));

    /// <summary>The commitments in the order of their batching: those to preprocessed columns, then what the proof commits to.</summary>
    private static IEnumerable<(InputTree Tree, int Group)> Groups(VerifyingKey key) => Enumerable
        .Range(0, key.PreprocessedRoots.Length).Select(group => (InputTree.Preprocessed, group))
        .Concat(Enum.GetValues<InputTree>().Where(tree => tree != InputTree.Preprocessed).Select(tree => (tree, 0)));

    private static int WidthIn(InputTree tree, TableLayout layout) => tree switch
    {
        InputTree.Preprocessed => layout.Chip.PreprocessedColumns.Length,
        InputTree.Main => layout.MainWidth,
        InputTree.Permutation => layout.PermutationWidth,
        _ => layout.Chunks * Algebra.Extension5.Degree,
    };

    /// <summary>S and the instance column are the only witness columns read on the next row, so their matrix alone is opened at gζ.</summary>
    private static ImmutableArray<OpeningPoint> PointsIn(InputTree tree, TableLayout layout, bool folds) => tree switch
    {
        // For N = 1, ζ^N is ζ: naming it so lets matrices of one height share its inverse differences.
        InputTree.Preprocessed when folds => layout.Chip.ReadsNextPreprocessedRow ? [OpeningPoint.Folded, OpeningPoint.FoldedNext] : [OpeningPoint.Folded],
        InputTree.Preprocessed => layout.Chip.ReadsNextPreprocessedRow ? [OpeningPoint.Point, OpeningPoint.Next] : [OpeningPoint.Point],
        InputTree.Permutation => [OpeningPoint.Point, OpeningPoint.Next],
        _ => [OpeningPoint.Point],
    };
}
