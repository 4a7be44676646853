using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <summary>What a body belongs to: it decides what may stand in it.</summary>
internal enum BodyKind
{
    Constant,
    Statement,
    Transition,
    Invariant,
    Ensures,
    Function,
    View,
    Test,
}

/// <summary>Binds one body: of a transition, an invariant, a statement, a function, a test, or a constant's value.</summary>
internal sealed partial class BodyBinder(Context context, BodyKind kind = BodyKind.Constant, MachineInstance? machine = null)
{
    private readonly List<Dictionary<string, Entry>> _scopes = [new(StringComparer.Ordinal)];

    /// <summary>The states that the machine may be in here.</summary>
    private ImmutableArray<StateSymbol> _states = ImmutableArray<StateSymbol>.Empty;

    private Reporter Reporter => context.Reporter;

    private Compilation Compilation => context.Compilation;

    /// <summary>A value for a place of a type: bound, and stored there.</summary>
    public BoundExpression BindStored(ExpressionSyntax syntax, TenorType target) => Store(Bind(syntax, target), target, syntax.Span);

    /// <summary>An expression. If it is for a place of a known type, rounding words round to that type, and arms and blocks store in it.</summary>
    private BoundExpression Bind(ExpressionSyntax syntax, TenorType? target = null)
    {
        _takesNow &= syntax is BinaryExpressionSyntax;
        if (!Compilation.EnterExpression())
        {
            return Report(DiagnosticTable.ConstantCycle, syntax.Span, Context.Short(syntax.Span), Binding.Compilation.MaxNesting);
        }

        _height = Math.Max(_height, ++_nesting);
        var bound = BindAny(syntax, target);
        _nesting--;
        Compilation.LeaveExpression();
        return bound;
    }

    private BoundExpression BindAny(ExpressionSyntax syntax, TenorType? target) => syntax switch
    {
        NoneLiteralSyntax none => BindNone(none, target),
        NameExpressionSyntax name => BindName(name, target),
        MemberExpressionSyntax member => BindMember(member, target),
        CallExpressionSyntax call => BindCall(call, target),
        DiscloseExpressionSyntax disclose => BindDisclose(disclose, target),
        BlockSyntax block => BindBlock(block, target),
        IfExpressionSyntax branch => BindIf(branch, target),
        MatchExpressionSyntax match => BindMatch(match, target),
        StructExpressionSyntax structure => BindStruct(structure, target),
        _ => BindPlain(syntax, target is OptionType option ? option.Element : target), // a value is also an optional one
    };

    private BoundExpression BindPlain(ExpressionSyntax syntax, TenorType? target) => syntax switch
    {
        NumberLiteralSyntax number => BindNumber(number),
        BooleanLiteralSyntax boolean => new BoundBoolean(boolean.Span, boolean.Value),
        HexLiteralSyntax hex => BindOpaque(hex, target),
        StringLiteralSyntax text => Mismatch(text.Span, target?.Name ?? "a value", "a text; only time(\"…\") takes one"),
        TupleElementExpressionSyntax element => BindTupleElement(element),
        IndexExpressionSyntax index => BindIndex(index),
        GenericExpressionSyntax generic => Report(DiagnosticTable.NotCallable, generic.Span, $"'{Context.Short(generic.Span)}'"),
        OldExpressionSyntax old => BindOld(old),
        UnaryExpressionSyntax unary => BindUnary(unary),
        BinaryExpressionSyntax binary => BindBinary(binary),
        IsExpressionSyntax test => BindIs(test),
        TupleExpressionSyntax tuple => BindTuple(tuple, target),
        ArrayExpressionSyntax array => BindArray(array, target),
        RepeatExpressionSyntax repeat => BindRepeat(repeat, target),
        VerifyExpressionSyntax verify => BindVerify(verify),
        _ => new BoundError(syntax.Span),
    };

    private BoundExpression BindDisclose(DiscloseExpressionSyntax syntax, TenorType? target)
    {
        var operand = target is null ? Bind(syntax.Operand) : BindStored(syntax.Operand, target);
        return operand is BoundError ? operand : new BoundDisclose(syntax.Span, operand);
    }

    private BoundError Report(DiagnosticDescriptor descriptor, SourceSpan span, params object[] arguments)
    {
        Reporter.Report(descriptor, span, arguments);
        return new(span);
    }

    private BoundError Mismatch(SourceSpan span, object expected, object found) => Report(DiagnosticTable.TypeMismatch, span, expected, found);

    private BoundError NotSupported(SourceSpan span, string feature)
    {
        Reporter.NotSupported(span, feature);
        return new(span);
    }

    private static bool IsError(BoundExpression expression) => expression.Type is ErrorType;

    private static bool IsNumber(BoundExpression expression) => expression.Type is NumberType or ExactType;

    /// <summary>A name visible in the body: a local, or another name for an expression that costs nothing to evaluate again.</summary>
    private readonly record struct Entry(LocalSymbol? Local, BoundExpression? Alias);
}
