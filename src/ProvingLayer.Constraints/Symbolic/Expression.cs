using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Symbolic;

/// <summary>What a node of a constraint's expression is.</summary>
internal enum ExpressionKind : byte
{
    Constant,
    Main,
    Preprocessed,
    PreprocessedNext,
    Instance,
    Sum,
    Difference,
    Product,
    Negation,
}

/// <summary>What an expression depends on.</summary>
[Flags]
internal enum Dependence : byte
{
    None = 0,
    Preprocessed = 1,
    Main = 2,
    Instance = 4,
}

/// <summary>A node of a constraint's expression; shared nodes are computed once, so expressions are graphs.</summary>
internal sealed class ExpressionNode
{
    public required ExpressionKind Kind { get; init; }

    public KoalaBear Constant { get; init; }

    public int Column { get; init; }

    public ExpressionNode? Left { get; init; }

    public ExpressionNode? Right { get; init; }

    /// <summary>Every column counts 1, the instance too.</summary>
    public required int Degree { get; init; }

    public required Dependence Dependence { get; init; }

    public bool IsConstant(KoalaBear value) => Kind == ExpressionKind.Constant && Constant == value;
}

/// <summary>The ring in which constraints are read as expressions. The default value is zero.</summary>
internal readonly struct Expression : IRing<Expression>
{
    private static readonly ExpressionNode ZeroNode = ConstantNode(KoalaBear.Zero);
    private static readonly ExpressionNode OneNode = ConstantNode(KoalaBear.One);

    private readonly ExpressionNode? node;

    public Expression(ExpressionNode node) => this.node = node;

    public static Expression Zero => default;

    public static Expression One => new(OneNode);

    public ExpressionNode Node => node ?? ZeroNode;

    public static Expression Column(ExpressionKind kind, int column) => new(new ExpressionNode
    {
        Kind = kind,
        Column = column,
        Degree = 1,
        Dependence = kind switch
        {
            ExpressionKind.Main => Dependence.Main,
            ExpressionKind.Instance => Dependence.Instance,
            _ => Dependence.Preprocessed,
        },
    });

    public static Expression FromBase(KoalaBear value) => new(ConstantNode(value));

    public static Expression operator +(Expression left, Expression right)
    {
        if (left.Node.IsConstant(default))
            return right;
        if (right.Node.IsConstant(default))
            return left;
        if (BothConstant(left, right))
            return FromBase(left.Node.Constant + right.Node.Constant);
        return Combine(ExpressionKind.Sum, left.Node, right.Node, Math.Max(left.Node.Degree, right.Node.Degree));
    }

    public static Expression operator -(Expression left, Expression right)
    {
        if (right.Node.IsConstant(default))
            return left;
        if (BothConstant(left, right))
            return FromBase(left.Node.Constant - right.Node.Constant);
        return Combine(ExpressionKind.Difference, left.Node, right.Node, Math.Max(left.Node.Degree, right.Node.Degree));
    }

    public static Expression operator *(Expression left, Expression right)
    {
        if (left.Node.IsConstant(default) || right.Node.IsConstant(default))
            return default;
        if (left.Node.IsConstant(KoalaBear.One))
            return right;
        if (right.Node.IsConstant(KoalaBear.One))
            return left;
        if (BothConstant(left, right))
            return FromBase(left.Node.Constant * right.Node.Constant);
        return Combine(ExpressionKind.Product, left.Node, right.Node, left.Node.Degree + right.Node.Degree);
    }

    public static Expression operator -(Expression value) => value.Node.Kind == ExpressionKind.Constant
        ? FromBase(-value.Node.Constant)
        : new(new ExpressionNode { Kind = ExpressionKind.Negation, Left = value.Node, Degree = value.Node.Degree, Dependence = value.Node.Dependence });

    private static bool BothConstant(Expression left, Expression right) =>
        left.Node.Kind == ExpressionKind.Constant && right.Node.Kind == ExpressionKind.Constant;

    private static Expression Combine(ExpressionKind kind, ExpressionNode left, ExpressionNode right, int degree) => new(new ExpressionNode
    {
        Kind = kind,
        Left = left,
        Right = right,
        Degree = degree,
        Dependence = left.Dependence | right.Dependence,
    });

    private static ExpressionNode ConstantNode(KoalaBear value) =>
        new() { Kind = ExpressionKind.Constant, Constant = value, Degree = 0, Dependence = Dependence.None };
}
