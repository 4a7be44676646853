using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using ProvingLayer.Language.Grammar;

namespace ProvingLayer.Language.Formatting;

/// <summary>What a token is for, where its type alone does not say how it is spaced.</summary>
[Flags]
internal enum TokenRole
{
    None = 0,

    /// <summary>No space before it, where its type would have one: the brackets of calls and type arguments, the operators of units.</summary>
    TightBefore = 1,

    /// <summary>No space after it: signs, opening brackets, <c>..</c> before a struct.</summary>
    TightAfter = 2,

    /// <summary>The braces of a block, a machine: their parts are statements, which end in <c>;</c> or <c>}</c>.</summary>
    Statements = 4,

    /// <summary>The last token of an attribute or state: it ends without a sign, and what follows begins anew.</summary>
    EndsItem = 8,

    /// <summary>The <c>else</c> of a <c>require</c>.</summary>
    RequireElse = 16,

    /// <summary>A space before it, where its type would have none: the colon before an edge.</summary>
    SpaceBefore = 32,
}

/// <summary>Finds the roles of a file's tokens in its trees.</summary>
internal static class TokenRoles
{
    public static Dictionary<int, TokenRole> Of(IEnumerable<ParserRuleContext> trees)
    {
        var roles = new Dictionary<int, TokenRole>();
        var rest = new Stack<IParseTree>(trees);
        while (rest.Count > 0)
        {
            var tree = rest.Pop();
            if (tree is ITerminalNode leaf)
            {
                Add(roles, leaf.Symbol, RoleOf(leaf.Symbol, leaf.Parent));
                continue;
            }

            if (tree is TenorParser.AttrContext or TenorParser.StateMemberContext)
            {
                Add(roles, ((ParserRuleContext)tree).Stop, TokenRole.EndsItem);
            }

            for (var i = 0; i < tree.ChildCount; i++)
            {
                rest.Push(tree.GetChild(i));
            }
        }

        return roles;
    }

    private static void Add(Dictionary<int, TokenRole> roles, IToken token, TokenRole role) =>
        roles[token.StartIndex] = (roles.TryGetValue(token.StartIndex, out var known) ? known : TokenRole.None) | role;

    private static TokenRole RoleOf(IToken token, IRuleNode parent)
    {
        var context = parent.RuleContext;
        return token.Type switch
        {
            TenorParser.LT when context is TenorParser.TypeArgsContext or TenorParser.GenericsContext => TokenRole.TightBefore | TokenRole.TightAfter,
            TenorParser.GT when context is TenorParser.TypeArgsContext or TenorParser.GenericsContext => TokenRole.TightBefore,
            TenorParser.STAR or TenorParser.SLASH when context is TenorParser.UnitOpContext => TokenRole.TightBefore | TokenRole.TightAfter,
            TenorParser.MINUS when context is TenorParser.UnaryOpContext or TenorParser.NumberPatternContext => TokenRole.TightAfter,
            TenorParser.DOTDOT or TenorParser.DOTDOTEQ when context is TenorParser.StructBodyContext => TokenRole.TightAfter,
            TenorParser.DOTDOT or TenorParser.DOTDOTEQ => TokenRole.TightBefore | TokenRole.TightAfter,
            TenorParser.LPAREN when context is TenorParser.ParamListContext { Parent: TenorParser.PropertyDeclContext } => TokenRole.TightAfter,
            TenorParser.LPAREN when context is TenorParser.ArgsContext or TenorParser.ParamListContext or TenorParser.NamedArgsContext
                or TenorParser.AttrContext or TenorParser.SourceContext or TenorParser.SinkContext or TenorParser.OldPrimaryContext
                or TenorParser.DisclosePrimaryContext or TenorParser.NamePatternContext => TokenRole.TightBefore | TokenRole.TightAfter,
            TenorParser.LBRACKET when context is TenorParser.IndexSuffixContext or TenorParser.PlaceStepContext => TokenRole.TightBefore | TokenRole.TightAfter,
            TenorParser.LBRACE when context is TenorParser.UseDeclContext => TokenRole.TightBefore | TokenRole.TightAfter,
            TenorParser.RBRACE when context is TenorParser.UseDeclContext => TokenRole.TightBefore,
            TenorParser.LBRACE when context is TenorParser.BlockContext or TenorParser.MachineDeclContext => TokenRole.Statements,
            TenorParser.COLON when context is TenorParser.TransitionMemberContext => TokenRole.SpaceBefore,
            TenorParser.ELSE when context is TenorParser.RequireStmtContext => TokenRole.RequireElse,
            _ => TokenRole.None,
        };
    }
}
